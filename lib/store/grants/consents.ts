import 'server-only'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, changing, prisma } from '@/lib/store/database/database'
import type { NewEvent } from '@/lib/store/events/events'
import type { Prisma, Consent as Row } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'

/** What a remembered consent applies to. */
export type ConsentKey = Readonly<Pick<Row, 'userId' | 'clientId' | 'resource'>>

/** Why remembered consents were forgotten. */
export type ForgottenBecause = 'person' | 'revoked' | 'disabled' | 'role'

const paused = { status: 'paused', redirectUri: { not: null } } as const

/** While the matching connection is paused, the person is asked again. */
const isPaused = async (connection: Connection, key: ConsentKey): Promise<boolean> =>
  (await connection.grant.findFirst({ where: { ...key, ...paused } })) !== null

/** A remembered consent that is valid now, or `null`. @param since older consents are ignored */
export async function findConsent(
  key: ConsentKey,
  since: Date,
): Promise<Pick<Row, 'id' | 'scope' | 'clientHash'> | null> {
  const connection = await prisma()
  const consent = await connection.consent.findUnique({
    where: { userId_clientId_resource: key, createdAt: { gte: since } },
    select: { id: true, scope: true, clientHash: true },
  })
  return consent && !(await isPaused(connection, key)) ? consent : null
}

/**
 * Locks a remembered consent in the transaction that relies on it: forgetting it waits, and a consent that
 * is forgotten, or whose connection is paused, is not valid.
 */
export async function holdConsentWith(
  connection: Connection,
  id: string,
  key: ConsentKey,
): Promise<boolean> {
  const held = await connection.$queryRaw<unknown[]>`
    select 1 from "Consent" where id = ${id} for share`
  return held.length > 0 && !(await isPaused(connection, key))
}

/** Remembers a consent, in the transaction of the approval. */
export async function rememberConsentWith(
  connection: Connection,
  id: string,
  key: ConsentKey,
  scope: string,
  clientHash: string,
): Promise<void> {
  await connection.consent.upsert({
    where: { userId_clientId_resource: key },
    create: { id, ...key, scope, clientHash },
    update: { scope, clientHash, createdAt: new Date() },
  })
}

/**
 * Forgets remembered consents in the transaction of what ends them, so that the next connection asks.
 *
 * @param cause the event that ends them; the new events belong to its exchange
 * @returns the events to write with it, at most one
 */
export async function forgetConsentsWith(
  connection: Connection,
  where: Prisma.ConsentWhereInput,
  because: ForgottenBecause,
  cause: NewEvent | undefined,
): Promise<readonly NewEvent[]> {
  const { count } = await connection.consent.deleteMany({ where })
  if (count === 0 || !cause) return []
  const { email } = cause.detail
  const detail = { count, because, ...(typeof email === 'string' ? { email } : {}) }
  return [{ ...cause, name: 'consent.forgotten', outcome: 'ok', status: undefined, detail }]
}

/** A remembered consent, with its client and whether a pause suspends it. */
export type RememberedConsent = Readonly<Omit<Row, 'clientHash'>> & {
  readonly client: { readonly name: string; readonly kind: string }
  readonly isPaused: boolean
}

/** A person's remembered consents, newest first. @param since older consents are left out */
export async function listConsentsOf(
  userId: string,
  since: Date,
  limit: number,
): Promise<RememberedConsent[]> {
  const connection = await prisma()
  const rows = await connection.consent.findMany({
    where: { userId, createdAt: { gte: since } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    omit: { clientHash: true },
    include: { client: { select: { name: true, kind: true } } },
  })
  const grants = await connection.grant.findMany({
    where: { userId, ...paused },
    select: { clientId: true, resource: true },
    distinct: ['clientId', 'resource'],
  })
  const nameOf = (key: Omit<ConsentKey, 'userId'>) => `${key.clientId} ${key.resource}`
  const suspended = new Set(grants.map(nameOf))
  return rows.map((row) => ({ ...row, isPaused: suspended.has(nameOf(row)) }))
}

/** Forgets one consent at the person's request. @returns whether it was remembered */
export const forgetConsent = (
  { id, userId }: Pick<Row, 'id' | 'userId'>,
  clientName: string,
  actor: Actor,
  events: readonly NewEvent[],
): Promise<boolean> =>
  changing(
    ({ consent }) => consent.deleteMany({ where: { id, userId } }),
    (connection) =>
      auditWith(connection, actor, 'consent.forgotten', id, events, { name: clientName }),
  )
