import 'server-only'
import { addressOf, pageSize, toPage, trailOf } from '@/lib/admin/paging'
import type { PageOf } from '@/lib/admin/views'
import { query, route } from '@/lib/auth/declared'
import { env } from '@/lib/config/env'
import { json } from '@/lib/http/responses'
import { isIdentityAssured } from '@/lib/oauth/consent'
import { isLoopbackRedirect, redirectHost } from '@/lib/oauth/redirect-uri'
import { splitScope } from '@/lib/oauth/scope'
import { countWaiting, listWaiting, type WaitingInteraction } from '@/lib/store/grants/approvals'
import { userEmails } from '@/lib/store/people/users'

const path = '/admin/approvals'

const toRow = (
  { client, ...interaction }: WaitingInteraction,
  emails: ReadonlyMap<string, string>,
) => ({
  /** the interaction's id */
  id: interaction.id,
  clientId: client.id,
  clientName: client.name,
  clientKind: client.kind,
  /** the host that vouches for the client and receives the answer, or `null` */
  verifiedDomain:
    client.kind === 'metadata_document' && isIdentityAssured(client, interaction.redirectUri)
      ? new URL(client.id).host
      : null,
  redirectHost: redirectHost(interaction.redirectUri),
  redirectUri: interaction.redirectUri,
  /** the answer goes to the person's own computer */
  loopback: isLoopbackRedirect(interaction.redirectUri),
  userEmail: emails.get(interaction.heldById ?? '') ?? 'a deleted account',
  scopes: splitScope(interaction.heldScope ?? ''),
  heldAt: interaction.heldAt ?? interaction.createdAt,
  expiresAt: interaction.expiresAt,
})

/** A person's approval that waits for an operator. */
export type ApprovalRow = Readonly<ReturnType<typeof toRow>>

/** The requests that wait for an operator, longest first, and whether the setting is on. */
export const listApprovals = query(
  { role: 'viewer', path: addressOf(path) },
  async (
    _,
    query: { readonly cursor?: string },
  ): Promise<PageOf<ApprovalRow> & { readonly isOn: boolean }> => {
    const trail = trailOf(query.cursor)
    const listed = await listWaiting(new Date(), pageSize + 1, trail.at(-1))
    const emails = await userEmails(listed.flatMap(({ heldById }) => heldById ?? []))
    const rows = listed.map((row) => toRow(row, emails))
    const page = toPage(rows, trail, ({ id }) => id)
    return { ...page, isOn: env().clientApproval === 'first-seen' }
  },
)

/** How many wait, for the bell; `null` when the setting is off and there is no bell. */
export const waitingApprovals = query(
  { role: 'viewer', path },
  async (): Promise<number | null> => {
    return env().clientApproval === 'first-seen' ? countWaiting(new Date()) : null
  },
)

/** How many wait, as JSON, for the bell to poll. */
export const approvalCount = route({ role: 'viewer' }, async () => {
  return json({ waiting: await countWaiting(new Date()) }, 200, { 'Cache-Control': 'no-store' })
})
