import 'server-only'
import { done, refused } from '@/lib/admin/outcome'
import { command, query } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import { sentText } from '@/lib/http/sent'
import { findListedToken, lineageOf } from '@/lib/store/tokens/lineage'
import { revokeOneToken } from '@/lib/store/tokens/tokens'
import { toTokenRow } from './tokens'

const path = '/admin/tokens'

/** How many refreshes before and after a token are shown. */
const reach = 12

/** One token and its lineage, or `null`. */
export const readToken = query(
  { role: 'viewer', path: (id: string) => `${path}/${encodeURIComponent(id)}` },
  async (_, id) => {
    const found = await findListedToken(id)
    if (!found) return null
    const { refreshTokenId, grantId } = found
    const toRow = toTokenRow(new Date())
    const lineage = refreshTokenId ? await lineageOf(refreshTokenId, grantId, reach) : []
    // newest first; each refresh token with the access tokens that were issued with it
    const generations = lineage.toReversed().map(({ refresh, access }) => {
      return { refresh: toRow(refresh), access: access.map(toRow) }
    })
    const here = lineage.findIndex(({ refresh }) => refresh.id === refreshTokenId)
    // whether there are more generations than shown
    const isCut = Math.max(here, lineage.length - 1 - here) >= reach
    return { token: toRow(found), generations, isCut }
  },
)

/** One token with its predecessors and successors. */
export type TokenPage = NonNullable<Awaited<ReturnType<typeof readToken>>>

/**
 * Revokes one token; its connection stays active. Every instance refuses an access token from the next
 * request on; a refresh token gets `invalid_grant`, and using it does not count as a replay.
 */
export const revokeToken = command(
  { role: 'operator', path, takes: [sentText] },
  async (operator, id) => {
    const over = refused('This token is no longer usable')
    const token = await findListedToken(id)
    if (!token) return over
    const { grantId, clientId, kind } = token
    const detail = { kind: `${kind}_token`, tokenId: id, by: 'person' as const }
    const revoked = await commitBy(operator, { grantId, clientId }, (describe, actor, at) =>
      revokeOneToken(token, at, actor, [describe('token.revoked', detail)]),
    )
    return revoked ? done(`The ${kind} token of ${token.clientName} is revoked`) : over
  },
)
