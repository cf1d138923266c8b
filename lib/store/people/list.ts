import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { Prisma, User as UserRow } from '@/lib/store/generated/client'
import { memberOf, rowsOf, type Slice, searching } from '@/lib/store/slice'
import { isRole } from '@/lib/vocabulary'
import type { User } from './users'

/** An account as the dashboard lists it. */
export type ListedPerson = User & { readonly hasPassword: boolean; readonly activeGrants: number }

/** How to list accounts. */
type PersonFilter = {
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

async function withGrants(rows: readonly UserRow[]): Promise<ListedPerson[]> {
  const counts = await (await prisma()).grant.groupBy({
    by: ['userId'],
    where: { userId: { in: rows.map(({ id }) => id) }, status: 'active' },
    _count: true,
  })
  const active = new Map(counts.map(({ userId, _count }) => [userId, _count]))
  return rows.map(({ passwordHash, ...user }) => ({
    ...user,
    hasPassword: passwordHash !== null,
    activeGrants: active.get(user.id) ?? 0,
  }))
}

/** A page of accounts. */
export async function listPeople(filter: PersonFilter, slice: Slice): Promise<ListedPerson[]> {
  const rows = await (await prisma()).user.findMany({
    where: {
      ...(isRole(filter.role) ? { role: filter.role } : {}),
      ...memberOf<Prisma.UserWhereInput>(states, filter.state),
      ...searching(filter.text, (contains) => [
        { email: contains },
        { name: contains },
        { id: contains },
      ]),
    },
    orderBy: memberOf<Prisma.UserOrderByWithRelationInput[]>(orders, slice.order) ?? orders.newest,
    ...rowsOf(slice),
  })
  return withGrants(rows)
}

/** One account, disabled or not, or `null`. @param id untrusted */
export async function findPerson(id: string): Promise<ListedPerson | null> {
  if (!/^[\w-]{1,100}$/.test(id)) return null
  const row = await (await prisma()).user.findUnique({ where: { id } })
  return (row && (await withGrants([row]))[0]) ?? null
}
