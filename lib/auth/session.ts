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

/** How often the use of a session is recorded, in milliseconds. */
const noteEveryMs = 60_000

type Session = { readonly id: string; readonly operator: Operator; readonly since: Date }

/** Whether a sign-in method is still configured: removing a provider ends its sessions. */
const isMethodConfigured = (method: string): boolean =>
  ['password', 'passkey', ...providerButtons().map(({ name }) => name)].some(
    (first) => method === first || method.startsWith(`${first} and `),
  )

/** The session of the request, read from the database so that revoking it takes effect at once. */
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

/** The signed-in operator, or `null`; disabling a user or ending a session takes effect at once. */
export const currentOperator = async (): Promise<Operator | null> =>
  (await currentSession())?.operator ?? null

/** Whether a role includes another. */
export const includesRole = (role: Role, needed: Role): boolean => ranks[role] >= ranks[needed]

/**
 * A person admitted by a guard. Only the guards below create one, and no other object has its type: a
 * function that takes a person cannot be called without a guard.
 */
class Admitted implements Operator {
  readonly #session: Session
  readonly id: string
  readonly email: string
  readonly name: string | null
  readonly role: Role

  /**
   * @param needed the role that the guard required
   * @param path the page on which they act
   */
  constructor(
    session: Session,
    readonly needed: Role,
    readonly path: string,
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

/** A person admitted by a guard. */
export type Person = Admitted

/** The signed-in person with at least this role; `null` if nobody is, or the role is too low. */
export async function admitted(needed: Role, path: string): Promise<Person | null> {
  const session = await currentSession()
  return session && includesRole(session.operator.role, needed)
    ? new Admitted(session, needed, path)
    : null
}

/**
 * The signed-in person with at least this role. Redirects to sign-in, and back to `path`, without a
 * session; answers 404 when the role is too low.
 */
export async function admit(needed: Role, path: string): Promise<Person> {
  const session = await currentSession()
  if (!session) redirect(`/sign-in?next=${encodeURIComponent(path)}`)
  if (!includesRole(session.operator.role, needed)) notFound()
  return new Admitted(session, needed, path)
}

/** Redirects a form to another page of this server. */
export const redirectTo = (path: string): never => redirect(path)

/** Answers 404: what belongs to other people does not exist for this one. */
export const answerNotFound = (): never => notFound()
