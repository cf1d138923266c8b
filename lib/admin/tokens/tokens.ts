import 'server-only'
import { listed } from '@/lib/admin/list'
import { type ListedToken, listStoredTokens } from '@/lib/store/tokens/list'

/** A token as the dashboard lists it. */
export type TokenRow = Omit<ListedToken, 'consumedAt' | 'revokedAt'> & {
  /** `unused`: active, never used on /mcp; `rotated`: exchanged for its successor */
  readonly state: 'active' | 'unused' | 'expired' | 'revoked' | 'rotated'
}

function stateOf(token: ListedToken, now: Date): TokenRow['state'] {
  if (token.revokedAt) return 'revoked'
  if (token.consumedAt) return 'rotated'
  if (token.expiresAt <= now) return 'expired'
  return token.kind === 'access' && !token.firstUsedAt ? 'unused' : 'active'
}

/** A token as a row of the dashboard. @param now decides what has expired */
export const toTokenRow =
  (now: Date) =>
  (token: ListedToken): TokenRow => ({
    id: token.id,
    kind: token.kind,
    grantId: token.grantId,
    clientId: token.clientId,
    clientName: token.clientName,
    userEmail: token.userEmail,
    scope: token.scope,
    issuedAt: token.issuedAt,
    expiresAt: token.expiresAt,
    firstUsedAt: token.firstUsedAt,
    lastUsedAt: token.lastUsedAt,
    state: stateOf(token, now),
  })

/** All access and refresh tokens: what was issued, to whom, and whether it was used. */
export const listTokens = listed(
  {
    role: 'viewer',
    path: '/admin/tokens',
    // tokens come from two tables, so the cursor names a row by its position in the order
    markOf: ({ issuedAt, expiresAt, id }: TokenRow, { sort }) =>
      `${(sort === 'expires' ? expiresAt : issuedAt).getTime()}_${id}`,
  },
  async (_, { q, state, client, grant, user }, slice) => {
    const now = new Date()
    const filter = { text: q, state, clientId: client, grantId: grant, userId: user }
    return (await listStoredTokens(filter, slice, now)).map(toTokenRow(now))
  },
)
