import 'server-only'
import { hash } from 'node:crypto'
import { prisma } from '@/lib/store/database/database'
import { Prisma } from '@/lib/store/generated/client'
import { memberOf, type Slice } from '@/lib/store/slice'
import type { Client } from './clients'

/** How to list clients. */
type ClientFilter = {
  readonly text?: string | undefined
  /** `active`, `disabled` or `never-used` */
  readonly state?: string | undefined
  /** only registrations of one app, as people see it; see lib/oauth/client-kin.ts */
  readonly kin?: string | undefined
}

/** A client, with what is shown of all that are folded into its row. */
export type ListedClient = Client & {
  /** how many the row stands for, including itself */
  readonly clients: number
  readonly activeGrants: number
}

const orders = {
  newest: { by: '"createdAt"', side: '<', way: 'desc' },
  oldest: { by: '"createdAt"', side: '>', way: 'asc' },
  name: { by: 'name', side: '>', way: 'asc' },
  used: { by: `coalesce("lastUsedAt", '-infinity')`, side: '<', way: 'desc' },
} as const

type Order = (typeof orders)[keyof typeof orders]

const isPlain = (id: string): boolean => /^[\w-]{1,60}$/.test(id)

/** Identifies a client in a cursor: ids can be URLs, and long. */
export const markOfClient = ({ id }: Pick<Client, 'id'>): string =>
  isPlain(id) ? id : hash('sha256', id, 'hex')

const marked = (mark: string): Prisma.Sql => Prisma.sql`
  (id = ${mark} or (kind = 'metadata_document' and encode(sha256(convert_to(id, 'UTF8')), 'hex') = ${mark}))`

/** A filter's condition on the client that is called `as` in a statement. */
function matching({ text, state, kin }: ClientFilter, as: 'c' | 'n' | 'k'): Prisma.Sql {
  const client = Prisma.raw(as)
  const conditions = [Prisma.sql`true`]
  if (text) {
    const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
    conditions.push(Prisma.sql`(${client}.name ilike ${pattern} or ${client}.id ilike ${pattern}
      or array_to_string(${client}."redirectUris", ' ') ilike ${pattern})`)
  }
  if (state === 'disabled') conditions.push(Prisma.sql`${client}."disabledAt" is not null`)
  if (state === 'active') conditions.push(Prisma.sql`${client}."disabledAt" is null`)
  if (state === 'never-used') conditions.push(Prisma.sql`${client}."lastUsedAt" is null`)
  if (kin) conditions.push(Prisma.sql`${client}."kinHash" = ${kin}`)
  return Prisma.join(conditions, ' and ')
}

/**
 * Of clients that are one app to a person, the newest represents all. One pass along the index finds them:
 * a lookup for each client would take a second where one app has registered ten thousand times.
 */
const newestOfKin = (filter: ClientFilter): Prisma.Sql => Prisma.sql`
  (c."kinHash" is null or c.id in (
    select distinct on (n."kinHash") n.id from "Client" n
    where n."kinHash" is not null and ${matching(filter, 'n')}
    order by n."kinHash", n."createdAt" desc, n.id desc))`

async function pageOfIds(
  filter: ClientFilter,
  isFolded: boolean,
  { order: name, limit, after }: Slice,
): Promise<string[]> {
  const order = memberOf<Order>(orders, name) ?? orders.newest
  const [by, side, way] = [order.by, order.side, order.way].map(Prisma.raw)
  const beyond = after
    ? Prisma.sql`and (${by}, id) ${side} (select ${by}, id from "Client" where ${marked(after)})`
    : Prisma.empty
  const rows = await (await prisma()).$queryRaw<{ id: string }[]>`
    select id from "Client" c
    where ${matching(filter, 'c')} ${isFolded ? Prisma.sql`and ${newestOfKin(filter)}` : Prisma.empty}
      ${beyond}
    order by ${by} ${way}, id ${way} limit ${limit}`
  return rows.map(({ id }) => id)
}

type Kin = { kin: string; clients: number; activeGrants: number; lastUsedAt: Date | null }

async function kinOf(hashes: readonly string[], filter: ClientFilter): Promise<Map<string, Kin>> {
  if (hashes.length === 0) return new Map()
  const rows = await (await prisma()).$queryRaw<Kin[]>`
    select k."kinHash" as kin, count(*)::int as clients, max(k."lastUsedAt") as "lastUsedAt",
      sum((select count(*) from "Grant" g where g."clientId" = k.id and g.status = 'active'))::int
        as "activeGrants"
    from "Client" k where k."kinHash" in (${Prisma.join(hashes)}) and ${matching(filter, 'k')}
    group by 1`
  return new Map(rows.map((row) => [row.kin, row]))
}

/**
 * A page of clients.
 *
 * @param isFolded whether clients that are one app to a person share a row
 * @param slice its `after` comes from {@link markOfClient}
 */
export async function listStoredClients(
  filter: ClientFilter,
  isFolded: boolean,
  slice: Slice,
): Promise<ListedClient[]> {
  const ids = await pageOfIds(filter, isFolded, slice)
  const rows = await (await prisma()).client.findMany({
    where: { id: { in: ids } },
    include: { _count: { select: { grants: { where: { status: 'active' } } } } },
  })
  const hashes = isFolded ? rows.flatMap(({ kinHash }) => kinHash ?? []) : []
  const kin = await kinOf(hashes, filter)
  const byId = new Map(
    rows.map(({ _count, ...row }) => {
      const all = row.kinHash === null ? undefined : kin.get(row.kinHash)
      return [row.id, { ...(row as Client), clients: 1, activeGrants: _count.grants, ...all }]
    }),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}
