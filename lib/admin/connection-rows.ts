import 'server-only'
import { env } from '@/lib/env'
import { loopbackTwins } from '@/lib/loopback'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import { splitScope } from '@/lib/oauth/scope'
import type { ListedGrant } from '@/lib/store/grant-list'
import { iso } from './paging'
import type { ConnectionRow } from './views'

/** The domain that vouches for a client by publishing its document there (CIMD §4), or `null`. */
export const verifiedDomain = (kind: string, clientId: string): string | null =>
  kind === 'metadata_document' && URL.canParse(clientId) ? new URL(clientId).hostname : null

/** The address that a connection was made for, where this server has another one now. */
function earlier(resource: string): Pick<ConnectionRow, 'madeFor'> {
  const { mcpUrl, origin } = env()
  const { origin: madeFor } = new URL(resource)
  return resource === mcpUrl || loopbackTwins(origin).includes(madeFor) ? {} : { madeFor }
}

/** A grant as a row of the dashboard. @param calls of the last thirty days, by grant */
export const toConnectionRow = (
  grant: ListedGrant,
  calls: ReadonlyMap<string, number>,
): ConnectionRow => ({
  id: grant.id,
  clientId: grant.clientId,
  clientName: grant.clientName,
  label: grant.label,
  verifiedDomain: verifiedDomain(grant.clientKind, grant.clientId),
  redirectHost: grant.redirectUri === null ? '' : redirectHost(grant.redirectUri),
  ...earlier(grant.resource),
  userEmail: grant.userEmail,
  scopes: splitScope(grant.scope),
  state: grant.status,
  isHeld: grant.status === 'paused' && ![null, grant.userId].includes(grant.pausedById),
  createdAt: grant.createdAt.toISOString(),
  lastActiveAt: iso(grant.lastActiveAt),
  revokedAt: iso(grant.revokedAt),
  revokedReason: grant.revokedReason,
  calls: grant.calls,
  callsLately: calls.get(grant.id) ?? 0,
  unused: grant.unused,
})
