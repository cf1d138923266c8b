import 'server-only'
import { type Lane, lanes } from '@/lib/handshake/lane'
import { auditWith } from '@/lib/store/audit/audit'
import { type Connection, prisma, transaction } from '@/lib/store/database/database'
import type { AlertDelivery as Row } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'

/** How an alert is sent. */
export const alertChannels = ['webhook', 'email'] as const
export type AlertChannel = (typeof alertChannels)[number]

/** What an alert is about. */
export type AlertType =
  | 'handshake.stalled'
  | 'handshake.failed'
  | 'handshakes.unattended'
  | 'alert.test'

/** An alert on its way through one channel; its row was written from these types. */
export type AlertDelivery = Readonly<Omit<Row, 'channel' | 'type'>> & {
  readonly channel: AlertChannel
  readonly type: AlertType
}

type New = Pick<AlertDelivery, 'id' | 'channel' | 'type'>

/** Limits on repeated alerts. */
type AlertLimits = {
  /** a handshake with an alert after this time gets no other, nor does one like it */
  readonly alertedSince: Date
  /** how many handshakes of a lane may have alerts after a time */
  readonly most: number
  /** how many alerts are created at most, whatever becomes of them */
  readonly maxMade: number
  readonly countedSince: Date
}

/**
 * Whether there was an alert about it, what it retries, or an attempt like it of the same person and
 * client. What strangers cause says nothing of what people meet: it does not count for people's lane.
 */
async function wasAlertedLately(
  connection: Connection,
  handshakeId: string,
  lane: Lane,
  since: Date,
): Promise<boolean> {
  const counting = lanes.slice(0, lanes.indexOf(lane) + 1)
  const [row] = await connection.$queryRaw<[{ told: boolean }]>`
    with recursive chain as (
      select id, "retryOfId", 0 as depth from "Handshake" where id = ${handshakeId}
      union all
      select h.id, h."retryOfId", depth + 1 from "Handshake" h
        join chain on h.id = chain."retryOfId" where depth < 20)
    select exists (select from "AlertDelivery" d
      where d.state <> 'withdrawn' and d."createdAt" > ${since}
        and d.lane = any(${counting}::text[]) and (
        d."handshakeId" in (select id from chain)
        or exists (select from "Handshake" told join "Handshake" mine
          on told."clientId" = mine."clientId" and told."userId" = mine."userId"
            and told.stage = mine.stage
          where told.id = d."handshakeId" and mine.id = ${handshakeId}))) as told`
  return row.told
}

async function isExhausted(
  connection: Connection,
  lane: Lane,
  { most, maxMade, countedSince }: AlertLimits,
): Promise<boolean> {
  const [row] = await connection.$queryRaw<[{ told: number; made: number }]>`
    select count(distinct "handshakeId") filter (where state <> 'withdrawn')::int as told,
      count(distinct "handshakeId")::int as made
    from "AlertDelivery" where "createdAt" > ${countedSince} and lane = ${lane}`
  return row.told >= most || row.made >= maxMade
}

/** When two attempts of one client fail at once, the second sees the first one's alert. */
async function lockAlerts(connection: Connection): Promise<void> {
  await connection.$executeRaw`select pg_advisory_xact_lock(hashtext('alerts'))`
}

/**
 * Queues an alert of a handshake, unless there was one lately or its lane has had too many.
 *
 * @param dueAt when to send it, unless it is withdrawn before
 * @returns what became of it
 */
export const queueAlerts = (
  { id, lane }: { readonly id: string; readonly lane: Lane },
  deliveries: readonly New[],
  { createdAt, dueAt }: { readonly createdAt: Date; readonly dueAt: Date },
  limits: AlertLimits,
): Promise<'queued' | 'told lately' | 'too many'> =>
  transaction(async (connection) => {
    await lockAlerts(connection)
    if (await wasAlertedLately(connection, id, lane, limits.alertedSince)) return 'told lately'
    if (await isExhausted(connection, lane, limits)) return 'too many'
    const common = { handshakeId: id, lane, createdAt, nextAt: dueAt }
    await connection.alertDelivery.createMany({
      data: deliveries.map((delivery) => ({ ...delivery, ...common })),
    })
    return 'queued'
  })

/**
 * Queues one message about several attempts without a person, unless one is already gathering.
 *
 * @param gathersMs how long it gathers
 * @param everyMs the least time between two such messages
 */
export function queueUnattended(
  deliveries: readonly Pick<New, 'id' | 'channel'>[],
  createdAt: Date,
  { gathersMs, everyMs }: { readonly gathersMs: number; readonly everyMs: number },
): Promise<void> {
  const type: AlertType = 'handshakes.unattended'
  return transaction(async (connection) => {
    await lockAlerts(connection)
    const before = await connection.alertDelivery.findFirst({
      where: { type },
      orderBy: { createdAt: 'desc' },
    })
    // it is written when first tried, and gathers until then
    if (before?.state === 'waiting' && before.attempts === 0) return
    const earliest = before ? (before.endedAt ?? before.createdAt).getTime() + everyMs : 0
    const nextAt = new Date(Math.max(createdAt.getTime() + gathersMs, earliest))
    await connection.alertDelivery.createMany({
      data: deliveries.map((one) => ({ ...one, type, lane: 'stranger', createdAt, nextAt })),
    })
  })
}

/** Records a test that an operator requested, as claimed by the caller, who sends it now. */
export const createTest = (
  delivery: New & { readonly body: string; readonly createdAt: Date; readonly nextAt: Date },
  actor: Actor,
): Promise<AlertDelivery> =>
  transaction(async (connection) => {
    const row = await connection.alertDelivery.create({ data: { ...delivery, attempts: 1 } })
    const { id, channel } = delivery
    await auditWith(connection, actor, 'alert.tested', id, [], { name: channel })
    return row as AlertDelivery
  })

/** Claims due alerts of these channels: until `leaseUntil` no other instance tries to send them. */
export const claimDueAlerts = async (
  channels: readonly AlertChannel[],
  now: Date,
  leaseUntil: Date,
  limit: number,
): Promise<AlertDelivery[]> =>
  (await prisma()).$queryRaw<AlertDelivery[]>`
    update "AlertDelivery" set attempts = attempts + 1, "nextAt" = ${leaseUntil}
    where id in (
      select id from "AlertDelivery"
      where "nextAt" <= ${now} and state = 'waiting' and channel = any(${[...channels]}::text[])
      order by "nextAt" limit ${limit} for update skip locked)
    returning *`

/** When the next alert is due that one of these channels can send, or `null`. */
export async function nextAlertAt(channels: readonly AlertChannel[]): Promise<Date | null> {
  const next = await (await prisma()).alertDelivery.findFirst({
    where: { state: 'waiting', channel: { in: [...channels] }, nextAt: { not: null } },
    orderBy: { nextAt: 'asc' },
    select: { nextAt: true },
  })
  return next?.nextAt ?? null
}

/** What an attempt to send changes. */
type AlertProgress = Partial<
  Pick<AlertDelivery, 'body' | 'state' | 'nextAt' | 'outcome' | 'endedAt' | 'attempts'>
>

/** Records the result of an attempt to send. @returns `false` if another instance has claimed it */
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
  return rows as AlertDelivery[]
}
