import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { AccessToken, Prisma, RefreshToken } from '@/lib/store/generated/client'
import { memberOf, type RowFilter, type Slice, searching } from '@/lib/store/slice'

/** A token as the dashboard lists it; access and refresh tokens in one list. */
export type ListedToken = Readonly<
  Omit<AccessToken, 'userId' | 'resource' | 'refreshTokenId'> & Pick<RefreshToken, 'consumedAt'>
> & {
  readonly kind: 'access' | 'refresh'
  readonly clientName: string
  readonly userEmail: string
}

const orders = {
  newest: { field: 'issuedAt', way: 'desc' },
  oldest: { field: 'issuedAt', way: 'asc' },
  expires: { field: 'expiresAt', way: 'asc' },
} as const

type Order = (typeof orders)[keyof typeof orders]

/** What is read with a token of its client and person. */
export const people = {
  client: { select: { name: true } },
  grant: { select: { user: { select: { email: true } } } },
} as const

type Owned = {
  readonly client: { readonly name: string }
  readonly grant: { readonly user: { readonly email: string } }
}

/** An access token as it is listed. */
export const listedAccess = (row: AccessToken & Owned): ListedToken => {
  const { client, grant, ...token } = row
  const { name: clientName } = client
  return { ...token, kind: 'access', clientName, userEmail: grant.user.email, consumedAt: null }
}

/** A refresh token as it is listed; it is used once. */
export const listedRefresh = (row: RefreshToken & Owned): ListedToken => {
  const { client, grant, tokenHash: _, ...token } = row
  return {
    ...token,
    kind: 'refresh',
    clientName: client.name,
    userEmail: grant.user.email,
    firstUsedAt: token.consumedAt,
    lastUsedAt: token.consumedAt,
  }
}

const shared = (filter: RowFilter) => ({
  ...(filter.clientId ? { clientId: filter.clientId } : {}),
  ...(filter.grantId ? { grantId: filter.grantId } : {}),
  ...(filter.userId ? { grant: { userId: filter.userId } } : {}),
  ...searching(filter.text, (contains) => [
    { id: contains },
    { grantId: contains },
    { client: { name: contains } },
    { grant: { user: { email: contains } } },
  ]),
})

/** The states of tokens of each kind; no token of a kind has a state that is not its own. */
const accessStates = (now: Date): Record<string, Prisma.AccessTokenWhereInput> => ({
  access: {},
  revoked: { revokedAt: { not: null } },
  expired: { revokedAt: null, expiresAt: { lte: now } },
  unused: { revokedAt: null, expiresAt: { gt: now }, firstUsedAt: null },
  active: { revokedAt: null, expiresAt: { gt: now } },
})

const refreshStates = (now: Date): Record<string, Prisma.RefreshTokenWhereInput> => ({
  refresh: {},
  revoked: { revokedAt: { not: null } },
  rotated: { revokedAt: null, consumedAt: { not: null } },
  expired: { revokedAt: null, consumedAt: null, expiresAt: { lte: now } },
  active: { revokedAt: null, consumedAt: null, expiresAt: { gt: now } },
})

/** After the row that `<milliseconds>_<id>` names: the ids of two tables share no order. */
function beyond({ field, way }: Order, mark: string | undefined) {
  const [, at, id] = /^(\d{1,15})_(.+)$/.exec(mark ?? '') ?? []
  if (!at || !id) return {}
  const [time, side] = [new Date(Number(at)), way === 'desc' ? 'lt' : 'gt']
  return { AND: [{ OR: [{ [field]: { [side]: time } }, { [field]: time, id: { [side]: id } }] }] }
}

/** A page of tokens of both kinds, merged. */
export async function listStoredTokens(
  filter: RowFilter,
  { order: name, limit, after }: Slice,
  now: Date,
): Promise<ListedToken[]> {
  const { accessToken, refreshToken } = await prisma()
  const order = memberOf<Order>(orders, name) ?? orders.newest
  const { field, way } = order
  const { state } = filter
  const access = state === undefined ? {} : memberOf(accessStates(now), state)
  const refresh = state === undefined ? {} : memberOf(refreshStates(now), state)
  const where = { ...shared(filter), ...beyond(order, after) }
  const page = { orderBy: [{ [field]: way }, { id: way }], take: limit, include: people }
  const [accessRows, refreshRows] = await Promise.all([
    access ? accessToken.findMany({ where: { ...where, ...access }, ...page }) : [],
    refresh ? refreshToken.findMany({ where: { ...where, ...refresh }, ...page }) : [],
  ])
  const rows = [...accessRows.map(listedAccess), ...refreshRows.map(listedRefresh)]
  const direction = way === 'desc' ? -1 : 1
  // within a kind the database's collation orders them; `at_` is before `rt_` in any
  const kinds = ({ kind: a }: ListedToken, { kind: b }: ListedToken) =>
    a === b ? 0 : a < b ? -1 : 1
  const by = (a: ListedToken, b: ListedToken) =>
    direction * (a[field].getTime() - b[field].getTime() || kinds(a, b))
  return rows.sort(by).slice(0, limit)
}
