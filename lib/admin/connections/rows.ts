import 'server-only'
import type { Person } from '@/lib/auth/session'
import { env } from '@/lib/config/env'
import { loopbackTwins } from '@/lib/loopback'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { splitScope } from '@/lib/oauth/scope'
import { callsLately } from '@/lib/store/grants/days'
import type { ListedGrant } from '@/lib/store/grants/list'

/** The domain that vouches for a client by publishing its document there (CIMD §4), or `null`. */
export const verifiedDomain = (kind: string, clientId: string): string | null =>
  kind === 'metadata_document' && URL.canParse(clientId) ? new URL(clientId).hostname : null

function madeFor(resource: string): string | null {
  const { mcpUrl, origin } = env()
  const { origin: former } = new URL(resource)
  return resource === mcpUrl || loopbackTwins(origin).includes(former) ? null : former
}

const toRow = (grant: ListedGrant, calls: ReadonlyMap<string, number>) => ({
  id: grant.id,
  clientId: grant.clientId,
  clientName: grant.clientName,
  /** the name someone gave it here, if any */
  label: grant.label,
  /** the domain that publishes its client's metadata document */
  verifiedDomain: verifiedDomain(grant.clientKind, grant.clientId),
  redirectHost: grant.redirectUri === null ? '' : redirectHost(grant.redirectUri),
  /** the origin that it was made for, if this server now has another one */
  madeFor: madeFor(grant.resource),
  userEmail: grant.userEmail,
  scopes: splitScope(grant.scope),
  state: grant.status,
  /** whether someone other than its owner paused it */
  isHeld: grant.status === 'paused' && ![null, grant.userId].includes(grant.pausedById),
  createdAt: grant.createdAt,
  /** last authenticated MCP request */
  lastActiveAt: grant.lastActiveAt,
  revokedAt: grant.revokedAt,
  revokedReason: grant.revokedReason,
  calls: grant.calls,
  /** calls in the last thirty days */
  callsLately: calls.get(grant.id) ?? 0,
  /** a token was issued and has never been used on /mcp */
  unused: grant.unused,
})

/** A connection as the dashboard lists it. */
export type ConnectionRow = Readonly<ReturnType<typeof toRow>>

/** Grants as rows of the dashboard. */
export async function toConnectionRows(
  _: Person,
  grants: readonly ListedGrant[],
): Promise<ConnectionRow[]> {
  const ids = grants.map(({ id }) => id)
  const calls = await callsLately(ids, new Date())
  return grants.map((grant) => toRow(grant, calls))
}
