import 'server-only'
import { prisma } from '@/lib/store/database/database'
import { isStorable } from '@/lib/store/text'
import { type ListedToken, listedAccess, listedRefresh, people } from './list'

/** A refresh token and the access tokens issued with it. */
export type Generation = {
  readonly refresh: ListedToken
  readonly access: readonly ListedToken[]
}

/** One token as the dashboard lists it, with its place in the chain of refreshes. */
type FoundToken = ListedToken & {
  readonly resource: string | null
  /** of a refresh token: the one it replaced; of an access token: the one issued with it */
  readonly refreshTokenId: string | null
}

/** The token with this public id, of either kind, or `null`. */
export async function findListedToken(id: string): Promise<FoundToken | null> {
  if (!isStorable(id)) return null
  const { accessToken, refreshToken } = await prisma()
  const access = await accessToken.findUnique({ where: { id }, include: people })
  if (access) {
    const { resource, refreshTokenId } = access
    return { ...listedAccess(access), resource, refreshTokenId }
  }
  const refresh = await refreshToken.findUnique({ where: { id }, include: people })
  if (!refresh) return null
  return { ...listedRefresh(refresh), resource: null, refreshTokenId: refresh.id }
}

/** Ids of the refresh tokens around one, oldest first: up to `reach` before it and after it. */
async function chainAround(id: string, reach: number): Promise<string[]> {
  const rows = await (await prisma()).$queryRaw<{ id: string; step: number }[]>`
    with recursive older as (
      select id, "previousId", 0 as step from "RefreshToken" where id = ${id}
      union all
      select t.id, t."previousId", o.step - 1 from older o
        join "RefreshToken" t on t.id = o."previousId" where o.step > ${-reach}::int),
    newer as (
      select id, 0 as step from "RefreshToken" where id = ${id}
      union all
      select t.id, n.step + 1 from newer n
        join "RefreshToken" t on t."previousId" = n.id where n.step < ${reach}::int)
    select id, step from older union select id, step from newer order by step`
  return rows.map((row) => row.id)
}

/** The refreshes around a refresh token, oldest first. @param reach how many each way */
export async function lineageOf(
  refreshTokenId: string,
  grantId: string,
  reach: number,
): Promise<Generation[]> {
  const ids = await chainAround(refreshTokenId, reach)
  const { accessToken, refreshToken } = await prisma()
  const [refreshes, accesses] = await Promise.all([
    refreshToken.findMany({ where: { id: { in: ids } }, include: people }),
    accessToken.findMany({
      // by the grant, which has an index
      where: { grantId, refreshTokenId: { in: ids } },
      orderBy: { issuedAt: 'asc' },
      include: people,
    }),
  ])
  const byId = new Map(refreshes.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    const access = accesses.filter((token) => token.refreshTokenId === id).map(listedAccess)
    return row ? [{ refresh: listedRefresh(row), access }] : []
  })
}
