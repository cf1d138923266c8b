import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, changing, prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { OperatorSession as SessionRow, User } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'

/** A browser in which a person is signed in. */
export type OperatorSession = Readonly<SessionRow>

type NewOperatorSession = Omit<OperatorSession, 'lastSeenAt' | 'endedAt'>

/** A session's user, when they signed in, and when it was last used. */
type SessionUser = Readonly<
  Pick<User, 'id' | 'email' | 'name' | 'role'> &
    Pick<SessionRow, 'createdAt' | 'lastSeenAt' | 'method'>
>

/** Opens a session with the event of the sign-in. @returns `false` for a disabled person */
export const openOperatorSession = (
  session: NewOperatorSession,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ user }) =>
      user.updateMany({
        where: { id: session.userId, disabledAt: null },
        data: { lastSignedInAt: session.createdAt },
      }),
    async (connection) => {
      await connection.operatorSession.create({
        data: { ...session, lastSeenAt: session.createdAt },
      })
      await insertEventsWith(connection, events)
    },
  )

/** The user of a session; `null` when it is over or the user is disabled. One query. */
export async function findSessionUser(id: string, now: Date): Promise<SessionUser | null> {
  const rows = await (await prisma()).$queryRaw<SessionUser[]>`
    select u.id, u.email, u.name, u.role::text as role, s."createdAt", s."lastSeenAt", s.method
      from "OperatorSession" s join "User" u on u.id = s."userId"
      where s.id = ${id} and s."endedAt" is null and s."expiresAt" > ${now}
        and u."disabledAt" is null`
  return rows[0] ?? null
}

/** Records the use of a session, unless another request has done so since `before`. */
export async function noteSessionUse(id: string, at: Date, before: Date): Promise<void> {
  await (await prisma()).operatorSession.updateMany({
    where: { id, lastSeenAt: { lt: before } },
    data: { lastSeenAt: at },
  })
}

/** Makes streams in sessions of this person check whether their session is still valid. */
export const notifySessionsWith = (connection: Connection, userId: string): Promise<unknown> =>
  connection.$executeRaw`select pg_notify('portico_people', ${userId})`

/** A session that is still valid: its user, and their present role. */
type ValidSession = Readonly<Pick<SessionRow, 'id' | 'userId'> & Pick<User, 'role'>>

/** Which of these sessions are valid, of users who are not disabled. One query. */
export const validSessions = async (ids: readonly string[], now: Date): Promise<ValidSession[]> =>
  (await prisma()).$queryRaw<ValidSession[]>`
    select s.id, u.id as "userId", u.role::text as role
      from "OperatorSession" s join "User" u on u.id = s."userId"
      where s.id = any(${[...ids]}) and s."endedAt" is null and s."expiresAt" > ${now}
        and u."disabledAt" is null`

const open = (userId: string, now: Date) => ({ userId, endedAt: null, expiresAt: { gt: now } })

/** The open sessions of a person, last used first. */
export const listSessionsOf = async (
  userId: string,
  now: Date,
  limit: number,
): Promise<OperatorSession[]> =>
  (await prisma()).operatorSession.findMany({
    where: open(userId, now),
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })

/** Ends one, all but one or all of a person's sessions, inside a transaction. @returns how many */
export async function endSessionsWith(
  connection: Connection,
  userId: string,
  at: Date,
  id?: string | { readonly not: string },
): Promise<number> {
  const { count } = await connection.operatorSession.updateMany({
    where: { ...open(userId, at), id },
    data: { endedAt: at },
  })
  if (count > 0) await notifySessionsWith(connection, userId)
  return count
}

/** Who ends sessions, when, and the events that record it, by how many ended. */
export type SessionEnding = {
  readonly at: Date
  readonly actor: Actor
  readonly eventsFor: (count: number) => readonly NewEvent[]
}

/** Ends one session of a person, or all but one, on every instance. @returns how many ended */
export const endSessionsOf = (
  userId: string,
  id: string | { readonly not: string },
  { at, actor, eventsFor }: SessionEnding,
): Promise<number> =>
  transaction(async (connection) => {
    const sessions = await endSessionsWith(connection, userId, at, id)
    if (sessions === 0) return 0
    const facts = { sessions }
    const events = eventsFor(sessions)
    await auditWith(connection, actor, 'account.sessions-ended', userId, events, { facts })
    return sessions
  })

/** Ends the session that a browser signs out of, together with its event. @returns whether it was open */
export const signOutSession = (
  id: string,
  userId: string,
  at: Date,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    async (connection) => ({ count: await endSessionsWith(connection, userId, at, id) }),
    (connection) => insertEventsWith(connection, events),
  )
