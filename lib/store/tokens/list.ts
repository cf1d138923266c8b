import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { AccessToken, Prisma, RefreshToken } from '@/lib/store/generated/client'
import { type Filter, memberOf, type Slice, searching } from '@/lib/store/slice'

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

const shared = (filter: Filter) => ({
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

/** The condition for access tokens of a state; `null` when none can match. */
function accessState(state: string | undefined, now: Date): Prisma.AccessTokenWhereInput | null {
  if (state === undefined || state === 'access') return {}
  if (state === 'revoked') return { revokedAt: { not: null } }
  if (state === 'expired') return { revokedAt: null, expiresAt: { lte: now } }
  if (state === 'unused') return { revokedAt: null, expiresAt: { gt: now }, firstUsedAt: null }
  if (state === 'active') return { revokedAt: null, expiresAt: { gt: now } }
  return null
}

function refreshState(state: string | undefined, now: Date): Prisma.RefreshTokenWhereInput | null {
  if (state === undefined || state === 'refresh') return {}
  if (state === 'revoked') return { revokedAt: { not: null } }
  if (state === 'rotated') return { revokedAt: null, consumedAt: { not: null } }
  if (state === 'expired') return { revokedAt: null, consumedAt: null, expiresAt: { lte: now } }
  if (state === 'active') return { revokedAt: null, consumedAt: null, expiresAt: { gt: now } }
  return null
}

/** After the row that `<milliseconds>_<id>` names: the ids of two tables share no order. */
function beyond({ field, way }: Order, mark: string | undefined) {
  const [, at, id] = /^(\d{1,15})_(.+)$/.exec(mark ?? '') ?? []
  if (!at || !id) return {}
  const [time, side] = [new Date(Number(at)), way === 'desc' ? 'lt' : 'gt']
  return { AND: [{ OR: [{ [field]: { [side]: time } }, { [field]: time, id: { [side]: id } }] }] }
}

/** A page of tokens of both kinds, merged. */
export async function listTokens(
  filter: Filter,
  { order: name, limit, after }: Slice,
  now: Date,
): Promise<ListedToken[]> {
  const { accessToken, refreshToken } = await prisma()
  const order = memberOf<Order>(orders, name) ?? orders.newest
  const { field, way } = order
  const access = accessState(filter.state, now)
  const refresh = refreshState(filter.state, now)
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
