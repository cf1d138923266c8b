import 'server-only'
import { query } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import {
  isTokenOrder,
  type ListedToken,
  listTokens as listStoredTokens,
  type TokenCursor,
} from '@/lib/store/token-list'
import { addressOf, iso, pageSize, searchText, toPage, trailOf } from './paging'
import type { ListQuery, PageOf, TokenRow } from './views'

function stateOf(token: ListedToken, now: Date): TokenRow['state'] {
  if (token.revokedAt) return 'revoked'
  if (token.consumedAt) return 'rotated'
  if (token.expiresAt <= now) return 'expired'
  return token.kind === 'access' && !token.firstUsedAt ? 'unused' : 'active'
}

/** A token as a row of the dashboard. @param now tells what has expired */
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
    issuedAt: token.issuedAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    firstUsedAt: iso(token.firstUsedAt),
    lastUsedAt: iso(token.lastUsedAt),
    state: stateOf(token, now),
  })

/** `<milliseconds>_<id>`: access and refresh tokens are two tables, so a row is named by its place. */
function cursorOf(mark: string | undefined): TokenCursor | undefined {
  const [, at, id] = /^(\d{1,15})_(.+)$/.exec(mark ?? '') ?? []
  return at && id ? { at: new Date(Number(at)), id } : undefined
}

/** A page of tokens, access and refresh together. */
export async function tokensFor(_: Person, query: ListQuery): Promise<PageOf<TokenRow>> {
  const now = new Date()
  const order = isTokenOrder(query.sort) ? query.sort : 'newest'
  const trail = trailOf(query.cursor)
  const rows = await listStoredTokens(
    {
      text: searchText(query.q),
      state: query.state,
      clientId: query.client,
      grantId: query.grant,
      userId: query.user,
    },
    order,
    pageSize + 1,
    now,
    cursorOf(trail.at(-1)),
  )
  const markOf = (token: ListedToken) =>
    `${(order === 'expires' ? token.expiresAt : token.issuedAt).getTime()}_${token.id}`
  return toPage(rows, trail, markOf, toTokenRow(now))
}

/** The same, for a page. */
export const listTokens = query({ role: 'viewer', path: addressOf('/admin/tokens') }, tokensFor)
