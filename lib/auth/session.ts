import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { started } from '@/lib/runtime/start-gate'
import { findSessionUser, noteSessionUse } from '@/lib/store/people/sessions'
import type { Role } from '@/lib/vocabulary'
import type { Operator } from './operator'
import { authOptions } from './options'
import { providerButtons } from './providers'

/** What each role includes. */
const ranks: Record<Role, number> = { member: 0, viewer: 1, operator: 2, admin: 3 }

/** How often the use of a session is written down, in milliseconds. */
const noteEveryMs = 60_000

type Session = { readonly id: string; readonly operator: Operator; readonly since: Date }

/** Whether one may still sign in as it was done: a provider that is not set any more vouches for nobody. */
const isMethodConfigured = (method: string): boolean =>
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
  if (!id || !user || user.id !== cookie?.user?.id || !isMethodConfigured(user.method)) return null
  const before = new Date(now.getTime() - noteEveryMs)
  if (user.lastSeenAt < before) await noteSessionUse(id, now, before)
  const { createdAt: since, lastSeenAt: _, method: __, ...operator } = user
  return { id, operator, since }
})

/** Who is signed in, or `null`; a disabled user, and an ended session, are out at once. */
export const currentOperator = async (): Promise<Operator | null> =>
  (await currentSession())?.operator ?? null

/** Whether a role includes another. */
export const includesRole = (role: Role, needed: Role): boolean => ranks[role] >= ranks[needed]

/**
 * Somebody whom a guard has let in. Only the guards below make one, and no object of another origin
 * passes for it: a function that takes a person cannot be called for somebody who was not asked.
 */
class Admitted implements Operator {
  readonly #session: Session
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: Role

  /** @param needed the role that was asked for, which is at most their own */
  constructor(
    session: Session,
    readonly needed: Role,
  ) {
    this.#session = session
    this.id = session.operator.id
    this.email = session.operator.email
    this.name = session.operator.name
    this.role = session.operator.role
  }

  /** the public id of the session of this request */
  get sessionId(): string {
    return this.#session.id
  }

  /** when they signed in */
  get signedInAt(): Date {
    return this.#session.since
  }
}

/** Somebody whom a guard has let in. */
export type Person = Admitted

/** Who is signed in, with at least this role; `null` where nobody is, or their role is too low. */
export async function admitted(needed: Role): Promise<Person | null> {
  const session = await currentSession()
  return session && includesRole(session.operator.role, needed)
    ? new Admitted(session, needed)
    : null
}

/**
 * Who is signed in, with at least this role. Sends everybody else to sign in and back to `path`; a
 * role that is too low sees nothing there.
 */
export async function admit(needed: Role, path: string): Promise<Person> {
  const session = await currentSession()
  if (!session) redirect(`/sign-in?next=${encodeURIComponent(path)}`)
  if (!includesRole(session.operator.role, needed)) notFound()
  return new Admitted(session, needed)
}
