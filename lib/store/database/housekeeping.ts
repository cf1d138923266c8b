import 'server-only'
import { pruneNeverUsed } from '@/lib/store/clients/cleanup'
import { discardAttempts } from '@/lib/store/clients/room'
import { Prisma } from '@/lib/store/generated/client'
import { daysKept } from '@/lib/store/grants/usage'
import { prisma } from './database'

/** How long expired records are kept, so that a replay can be told from an unknown token. */
const retentionMs = 24 * 3600 * 1000
/** Registered clients that nobody ever approved; one that comes back registers again. */
const neverUsedForMs = 7 * retentionMs
/** Sessions that no client has used; one that comes back gets 404 and opens another. */
const idleSessionForMs = 7 * retentionMs
/** Long enough for a client to resume a broken stream. */
const streamEventsForMs = 15 * 60_000
/** How long sent alerts are kept. */
const alertsForMs = 30 * retentionMs
/** The charts show a week; more is kept for longer views. */
const eventHoursForMs = 90 * retentionMs
/** How long an operator session is kept after its end, so that the audit trail can refer to it. */
const operatorSessionForMs = 30 * retentionMs
/** After this long, no event joins an empty attempt. */
const attemptsOverMs = 3600 * 1000
const batch = 1000

async function inBatches(statement: () => PromiseLike<number>): Promise<number> {
  let deleted = 0
  let count = batch
  while (count === batch) {
    count = await statement()
    deleted += count
  }
  return deleted
}

/** Deletes rows by their key, in batches, so that no statement locks many. @returns how many */
async function deleteWhere(
  table: Prisma.ModelName,
  key: string,
  condition: Prisma.Sql,
): Promise<number> {
  const [from, by] = [Prisma.raw(`"${table}"`), Prisma.raw(key)]
  const connection = await prisma()
  return inBatches(
    () => connection.$executeRaw`delete from ${from} where (${by}) in (
      select ${by} from ${from} where ${condition} limit ${batch})`,
  )
}

/** Attempts of strangers to keep; those of people and of Claude are all kept as long as their events. */
const maxStrangers = 10_000

/**
 * Deletes stream events that nobody will resume, messages that nobody waits for, expired challenges and
 * client assertions, and attempts of strangers beyond a limit.
 */
export async function trimStreams(now: Date): Promise<void> {
  const before = new Date(now.getTime() - streamEventsForMs)
  const connection = await prisma()
  const old = Prisma.sql`"createdAt" < ${before} order by "createdAt"`
  await deleteWhere('McpStreamEvent', 'id', old)
  await connection.$executeRaw`delete from "McpCarriedMessage" where "createdAt" < ${before}`
  await connection.$executeRaw`delete from "McpOpenStream" where "seenAt" < ${before}`
  // anyone can create these, and they are of no use for longer
  const expired = Prisma.sql`"expiresAt" < ${now}`
  await deleteWhere('ClientAssertion', '"idHash"', expired)
  await deleteWhere('PasskeyChallenge', '"challengeHash"', expired)
  for (let count = 1; count > 0; ) count = await discardAttempts(maxStrangers)
}

/** Deletes events older than `days`; {@link deleteExpired} their handshakes. @returns how many */
export function deleteOldEvents(now: Date, days: number): Promise<number> {
  const before = new Date(now.getTime() - days * 24 * 3600 * 1000)
  return deleteWhere('Event', 'id', Prisma.sql`at < ${before} order by at`)
}

/**
 * Deletes undecided interactions, clients that nobody ever approved, ended sessions, expired codes and
 * guess counters, handshakes whose events are gone, and old alerts and sign-ins.
 *
 * @returns how many clients were among them
 */
export async function deleteExpired(now: Date): Promise<number> {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const before = ago(retentionMs)
  const seenBefore = Prisma.sql`now() - interval '1 hour'`
  await deleteWhere('Instance', 'id', Prisma.sql`"seenAt" < ${seenBefore}`)
  const undecided = Prisma.sql`"expiresAt" < ${before} and "grantId" is null`
  await deleteWhere('Interaction', 'id', undecided)
  await deleteWhere('AuthorizationCode', '"codeHash"', Prisma.sql`"expiresAt" < ${before}`)
  await deleteWhere('RateLimiterFlexible', 'key', Prisma.sql`expire < ${before}`)
  // a handshake lives as long as its events; those of one under way may still be coming
  const empty = Prisma.sql`"lastAt" < ${ago(attemptsOverMs)}
    and not exists (select from "HandshakeEvent" j where j."handshakeId" = "Handshake".id)`
  await deleteWhere('Handshake', 'id', empty)
  await deleteWhere('HandshakeAlert', '"handshakeId", verdict', Prisma.sql`at < ${before}`)
  await deleteWhere('AlertDelivery', 'id', Prisma.sql`"createdAt" < ${ago(alertsForMs)}`)
  const days = Prisma.sql`day < ${ago(daysKept * retentionMs)}`
  await deleteWhere('GrantDay', '"grantId", day', days)
  const hours = Prisma.sql`hour < ${ago(eventHoursForMs)}`
  await deleteWhere('EventHour', 'hour, name, outcome, bucket', hours)
  const over = Prisma.sql`"expiresAt" < ${ago(operatorSessionForMs)}`
  await deleteWhere('OperatorSession', 'id', over)
  // hosted Claude opens one for every call and rarely comes back: those that served no call go first
  const sessions = Prisma.sql`"endedAt" < ${before} or "lastSeenAt" < ${ago(idleSessionForMs)}
    or (calls = 0 and "lastSeenAt" < ${before})`
  await deleteWhere('McpSession', 'id', sessions)
  return inBatches(() => pruneNeverUsed(ago(neverUsedForMs), batch))
}
