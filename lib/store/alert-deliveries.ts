import 'server-only'
import { auditWith } from './audit'
import { type Connection, prisma, transaction } from './database'
import type { AlertDelivery as Row } from './generated/client'
import type { Actor } from './grants'

/** How an alert is sent. */
export const alertChannels = ['webhook', 'email'] as const
export type AlertChannel = (typeof alertChannels)[number]

/** What an alert tells of. */
export type AlertType = 'handshake.stalled' | 'handshake.failed' | 'alert.test'

/** An alert on its way through one channel. */
export type AlertDelivery = Readonly<Omit<Row, 'channel' | 'type'>> & {
  readonly channel: AlertChannel
  readonly type: AlertType
}

/** The row was written from these types. */
const fromRow = (row: Row): AlertDelivery => row as AlertDelivery

type New = Pick<AlertDelivery, 'id' | 'channel' | 'type'>

/** What is told of too often is told of no more. */
export type AlertLimits = {
  /** when it was told of after this time, a handshake is not told of again, nor one like it */
  readonly toldSince: Date
  /** no more than this many handshakes are told of after a time */
  readonly most: number
  readonly countedSince: Date
}

/** Told of itself, what it retries, or the same person's attempt with the same client that ended alike. */
async function isToldLately(connection: Connection, handshakeId: string, since: Date) {
  const [row] = await connection.$queryRaw<[{ told: boolean }]>`
    with recursive chain as (
      select id, "retryOfId", 0 as depth from "Handshake" where id = ${handshakeId}
      union all
      select h.id, h."retryOfId", depth + 1 from "Handshake" h
        join chain on h.id = chain."retryOfId" where depth < 20)
    select exists (select from "AlertDelivery" d
      where d.state <> 'withdrawn' and d."createdAt" > ${since} and (
        d."handshakeId" in (select id from chain)
        or exists (select from "Handshake" told join "Handshake" mine
          on told."clientId" = mine."clientId" and told."userId" = mine."userId"
            and told.stage = mine.stage
          where told.id = d."handshakeId" and mine.id = ${handshakeId}))) as told`
  return row.told
}

async function toldCount(connection: Connection, since: Date): Promise<number> {
  const [row] = await connection.$queryRaw<[{ count: number }]>`
    select count(distinct "handshakeId")::int as count from "AlertDelivery"
    where "createdAt" > ${since} and state <> 'withdrawn'`
  return row.count
}

/**
 * Puts an alert of a handshake on its way, unless that was told of lately or too many were.
 *
 * @param dueAt when it is sent, unless it is withdrawn before
 * @returns what became of it
 */
export function queueAlerts(
  handshakeId: string,
  deliveries: readonly New[],
  { createdAt, dueAt }: { readonly createdAt: Date; readonly dueAt: Date },
  { toldSince, most, countedSince }: AlertLimits,
): Promise<'queued' | 'told lately' | 'too many'> {
  return transaction(async (connection) => {
    // of two attempts of one client that fail at once, the second sees what was told of the first
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('alerts'))`
    if (await isToldLately(connection, handshakeId, toldSince)) return 'told lately'
    if ((await toldCount(connection, countedSince)) >= most) return 'too many'
    await connection.alertDelivery.createMany({
      data: deliveries.map((delivery) => ({ ...delivery, handshakeId, createdAt, nextAt: dueAt })),
    })
    return 'queued'
  })
}

/** Notes a test that an operator asked for, as claimed by whoever sends it now. */
export function createTest(
  delivery: New & { readonly body: string; readonly createdAt: Date; readonly nextAt: Date },
  actor: Actor,
): Promise<AlertDelivery> {
  return transaction(async (connection) => {
    const row = await connection.alertDelivery.create({ data: { ...delivery, attempts: 1 } })
    const { id, channel } = delivery
    await auditWith(connection, actor, 'alert.tested', id, { name: channel })
    return fromRow(row)
  })
}

/**
 * Claims alerts that are due: until `leaseUntil` no other instance tries to send them.
 *
 * @param channels those that this instance can send through
 */
export async function claimDueAlerts(
  channels: readonly AlertChannel[],
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<AlertDelivery[]> {
  const rows = await (await prisma()).$queryRaw<Row[]>`
    update "AlertDelivery" set attempts = attempts + 1, "nextAt" = ${leaseUntil}
    where id in (
      select id from "AlertDelivery"
      where "nextAt" <= ${now} and state = 'waiting' and channel = any(${[...channels]}::text[])
      order by "nextAt" limit ${limit} for update skip locked)
    returning *`
  return rows.map(fromRow)
}

/** When the next alert is due that one of these channels can send, or `null`. */
export async function nextAlertAt(channels: readonly AlertChannel[]): Promise<Date | null> {
  const next = await (await prisma()).alertDelivery.findFirst({
    where: { state: 'waiting', channel: { in: [...channels] }, nextAt: { not: null } },
    orderBy: { nextAt: 'asc' },
    select: { nextAt: true },
  })
  return next?.nextAt ?? null
}

/** What changes with an attempt. */
export type AlertProgress = Partial<
  Pick<AlertDelivery, 'body' | 'state' | 'nextAt' | 'outcome' | 'endedAt' | 'attempts'>
>

/**
 * Notes how an attempt goes.
 *
 * @returns whether the delivery was still that attempt's: nobody else has claimed it meanwhile
 */
export async function noteAttempt(
  { id, attempts }: Pick<AlertDelivery, 'id' | 'attempts'>,
  progress: AlertProgress,
): Promise<boolean> {
  const { count } = await (await prisma()).alertDelivery.updateMany({
    where: { id, attempts, state: 'waiting' },
    data: progress,
  })
  return count === 1
}

/** The newest deliveries, newest first. */
export async function newestDeliveries(limit: number): Promise<AlertDelivery[]> {
  const rows = await (await prisma()).alertDelivery.findMany({
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(fromRow)
}
