import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { Prisma } from '@/lib/store/generated/client'
import { containing, memberOf, rowsOf, type Slice } from '@/lib/store/slice'
import { isRole } from '@/lib/vocabulary'
import type { User } from './users'

/** An account as the dashboard lists it. */
export type Person = User & { readonly hasPassword: boolean; readonly activeGrants: number }

/** How to list accounts. */
export type PersonFilter = {
  readonly text?: string | undefined
  readonly role?: string | undefined
  /** `active`, `disabled` or `never` */
  readonly state?: string | undefined
}

const orders = {
  newest: [{ createdAt: 'desc' }, { id: 'desc' }],
  oldest: [{ createdAt: 'asc' }, { id: 'asc' }],
  email: [{ email: 'asc' }],
  seen: [{ lastSignedInAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
} satisfies Record<string, Prisma.UserOrderByWithRelationInput[]>

const states = {
  active: { disabledAt: null },
  disabled: { disabledAt: { not: null } },
  never: { lastSignedInAt: null },
} satisfies Record<string, Prisma.UserWhereInput>

/** How many active connections each of these people has; those without any are left out. */
async function activeGrants(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = await (await prisma()).grant.groupBy({
    by: ['userId'],
    where: { userId: { in: [...ids] }, status: 'active' },
    _count: true,
  })
  return new Map(counts.map(({ userId, _count }) => [userId, _count]))
}

/** A page of accounts. */
export async function listPeople(filter: PersonFilter, slice: Slice): Promise<Person[]> {
  const contains = filter.text ? containing(filter.text) : null
  const rows = await (await prisma()).user.findMany({
    where: {
      ...(isRole(filter.role) ? { role: filter.role } : {}),
      ...memberOf<Prisma.UserWhereInput>(states, filter.state),
      ...(contains ? { OR: [{ email: contains }, { name: contains }, { id: contains }] } : {}),
    },
    orderBy: memberOf<Prisma.UserOrderByWithRelationInput[]>(orders, slice.order) ?? orders.newest,
    ...rowsOf(slice),
  })
  const grants = await activeGrants(rows.map(({ id }) => id))
  return rows.map(({ passwordHash, ...user }) => ({
    ...user,
    hasPassword: passwordHash !== null,
    activeGrants: grants.get(user.id) ?? 0,
  }))
}

/** One account, disabled or not, or `null`. @param id untrusted */
export async function findPerson(id: string): Promise<Person | null> {
  if (!/^[\w-]{1,100}$/.test(id)) return null
  const row = await (await prisma()).user.findUnique({ where: { id } })
  if (!row) return null
  const { passwordHash, ...user } = row
  const grants = await activeGrants([id])
  return { ...user, hasPassword: passwordHash !== null, activeGrants: grants.get(id) ?? 0 }
}
