import 'server-only'
import { prisma } from './database'
import type { Prisma } from './generated/client'
import type { Role, User } from './users'

/** An account as the dashboard lists it. */
export type Person = User & { readonly hasPassword: boolean; readonly activeGrants: number }

/** How accounts are listed. */
export type PersonFilter = {
  readonly text?: string | undefined
  readonly role?: Role | undefined
  readonly state?: 'active' | 'disabled' | 'never' | undefined
}

const orders = {
  newest: [{ createdAt: 'desc' }, { id: 'desc' }],
  oldest: [{ createdAt: 'asc' }, { id: 'asc' }],
  email: [{ email: 'asc' }],
  seen: [{ lastSignedInAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
} satisfies Record<string, Prisma.UserOrderByWithRelationInput[]>

/** The orders {@link listPeople} knows. */
export type PersonOrder = keyof typeof orders

/** Whether a string names an order of accounts. */
export const isPersonOrder = (order: string | undefined): order is PersonOrder =>
  order !== undefined && Object.hasOwn(orders, order)

const states = {
  active: { disabledAt: null },
  disabled: { disabledAt: { not: null } },
  never: { lastSignedInAt: null },
} satisfies Record<string, Prisma.UserWhereInput>

/** How many connections of each of these people are active; who has none is left out. */
async function activeGrants(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = await (await prisma()).grant.groupBy({
    by: ['userId'],
    where: { userId: { in: [...ids] }, status: 'active' },
    _count: true,
  })
  return new Map(counts.map(({ userId, _count }) => [userId, _count]))
}

/** A page of accounts. @param cursor id of the row to start after */
export async function listPeople(
  filter: PersonFilter,
  order: PersonOrder,
  limit: number,
  cursor?: string,
): Promise<Person[]> {
  const contains = filter.text ? { contains: filter.text, mode: 'insensitive' as const } : null
  const rows = await (await prisma()).user.findMany({
    where: {
      ...(filter.role ? { role: filter.role } : {}),
      ...(filter.state ? states[filter.state] : {}),
      ...(contains ? { OR: [{ email: contains }, { name: contains }, { id: contains }] } : {}),
    },
    orderBy: orders[order],
    take: limit,
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
  })
  const grants = await activeGrants(rows.map(({ id }) => id))
  return rows.map(({ passwordHash, ...user }) => ({
    ...user,
    hasPassword: passwordHash !== null,
    activeGrants: grants.get(user.id) ?? 0,
  }))
}

/** One account, disabled or not, or `null`. @param id as somebody sent it */
export async function findPerson(id: string): Promise<Person | null> {
  if (!/^[\w-]{1,100}$/.test(id)) return null
  const row = await (await prisma()).user.findUnique({ where: { id } })
  if (!row) return null
  const { passwordHash, ...user } = row
  const grants = await activeGrants([id])
  return { ...user, hasPassword: passwordHash !== null, activeGrants: grants.get(id) ?? 0 }
}
