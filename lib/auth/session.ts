import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { started } from '@/lib/runtime/start-gate'
import { findSessionUser, noteSessionUse } from '@/lib/store/operator-sessions'
import type { Role } from '@/lib/store/users'
import type { Operator } from './operator'
import { authOptions } from './options'
import { providerButtons } from './providers'

/** What each role includes. */
const ranks: Record<Role, number> = { member: 0, viewer: 1, operator: 2, admin: 3 }

/** How often the use of a session is written down, in milliseconds. */
const noteEveryMs = 60_000

type Session = { readonly id: string; readonly operator: Operator; readonly since: Date }

/** Whether one may still sign in as it was done: a provider that is not set any more vouches for nobody. */
const methodStands = (method: string): boolean =>
  ['password', 'passkey', ...providerButtons().map(({ name }) => name)].some(
    (first) => method === first || method.startsWith(`${first} and `),
  )

/** The session of the request; read from the database, so that one that was ended is out at once. */
const currentSession = cache(async (): Promise<Session | null> => {
  await started()
  const cookie = (await getServerSession(authOptions())) as {
    user?: { id?: string; sessionId?: string }
  } | null
  const id = cookie?.user?.sessionId
  const now = new Date()
  const user = id ? await findSessionUser(id, now) : null
  if (!id || !user || user.id !== cookie?.user?.id || !methodStands(user.method)) return null
  const before = new Date(now.getTime() - noteEveryMs)
  if (user.lastSeenAt < before) await noteSessionUse(id, now, before)
  const { createdAt: since, lastSeenAt: _, method: __, ...operator } = user
  return { id, operator, since }
})

/** Who is signed in, or `null`; a disabled user, and an ended session, are out at once. */
export const currentOperator = async (): Promise<Operator | null> =>
  (await currentSession())?.operator ?? null

/** The public id of the session of this request, for a person who is signed in. */
export const currentSessionId = async (): Promise<string | undefined> =>
  (await currentSession())?.id

/** Who follows something that goes on after the answer has begun: in which session, by which role. */
export type Follower = {
  readonly sessionId: string
  readonly userId: string
  readonly needed: Role
}

/** Who asks to follow something, or `null` where they may not. */
export async function currentFollower(needed: Role): Promise<Follower | null> {
  const session = await currentSession()
  if (!session || !includesRole(session.operator.role, needed)) return null
  return { sessionId: session.id, userId: session.operator.id, needed }
}

/** When the person of this request signed in, if they are signed in. */
export const signedInAt = async (): Promise<Date | undefined> => (await currentSession())?.since

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
