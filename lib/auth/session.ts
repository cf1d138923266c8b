import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { findUser, type Role } from '@/lib/store/users'
import type { Operator } from './operator'
import { authOptions } from './options'

/** What each role includes. */
const ranks: Record<Role, number> = { member: 0, viewer: 1, operator: 2, admin: 3 }

/** Who is signed in, or `null`; read from the database, so that a disabled user is out at once. */
export const currentOperator = cache(async (): Promise<Operator | null> => {
  const session = (await getServerSession(authOptions())) as { user?: { id?: string } } | null
  const id = session?.user?.id
  const user = id ? await findUser(id) : null
  return user && { id: user.id, email: user.email, name: user.name, role: user.role }
})

/** Whether a role includes another. */
export const includesRole = (role: Role, needed: Role): boolean => ranks[role] >= ranks[needed]

/**
 * Who is signed in, with at least this role. Sends everybody else to sign in and back to `path`; a
 * role that is too low sees nothing there.
 */
export async function requireOperator(needed: Role = 'viewer', path = '/admin'): Promise<Operator> {
  const operator = await currentOperator()
  if (!operator) redirect(`/sign-in?next=${encodeURIComponent(path)}`)
  if (!includesRole(operator.role, needed)) notFound()
  return operator
}
