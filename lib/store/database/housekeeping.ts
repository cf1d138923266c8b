import 'server-only'
import { pruneNeverUsed } from '@/lib/store/clients/cleanup'
import { discardAttempts } from '@/lib/store/clients/room'
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

/** Attempts of strangers to keep; those of people and of Claude are all kept as long as their events. */
const maxStrangers = 10_000

/** Deletes the oldest attempts of strangers where there are too many. */
async function trimAttempts(): Promise<void> {
  for (let count = 1; count > 0; ) count = await discardAttempts(maxStrangers)
}

/**
 * Deletes stream events that nobody will resume, messages that nobody waits for, expired challenges and
 * client assertions, and attempts of strangers beyond a limit.
 */
export async function trimStreams(now: Date): Promise<void> {
  const before = new Date(now.getTime() - streamEventsForMs)
  const connection = await prisma()
  await inBatches(
    () => connection.$executeRaw`delete from "McpStreamEvent" where id in (
      select id from "McpStreamEvent" where "createdAt" < ${before} order by "createdAt" limit ${batch})`,
  )
  await connection.$executeRaw`delete from "McpCarriedMessage" where "createdAt" < ${before}`
  await connection.$executeRaw`delete from "McpOpenStream" where "seenAt" < ${before}`
  // anyone can create these, and they are of no use for longer
  await inBatches(
    () => connection.$executeRaw`delete from "ClientAssertion" where "idHash" in (
      select "idHash" from "ClientAssertion" where "expiresAt" < ${now} limit ${batch})`,
  )
  await inBatches(
    () => connection.$executeRaw`delete from "PasskeyChallenge" where "challengeHash" in (
      select "challengeHash" from "PasskeyChallenge" where "expiresAt" < ${now} limit ${batch})`,
  )
  await trimAttempts()
}

/**
 * Deletes ended sessions, and those idle for long. Hosted Claude opens one for every call and rarely comes
 * back to it: sessions that served no call go first.
 */
async function deleteSessions(now: Date): Promise<void> {
  const ended = new Date(now.getTime() - retentionMs)
  const idle = new Date(now.getTime() - idleSessionForMs)
  const connection = await prisma()
  await inBatches(
    () => connection.$executeRaw`delete from "McpSession" where id in (
      select id from "McpSession" where "endedAt" < ${ended} or "lastSeenAt" < ${idle}
        or (calls = 0 and "lastSeenAt" < ${ended}) limit ${batch})`,
  )
}

/**
 * Deletes events older than `days`, oldest first; the next {@link deleteExpired} deletes their handshakes.
 *
 * @returns how many
 */
export async function deleteOldEvents(now: Date, days: number): Promise<number> {
  const before = new Date(now.getTime() - days * 24 * 3600 * 1000)
  const connection = await prisma()
  return inBatches(
    () => connection.$executeRaw`delete from "Event" where id in (
      select id from "Event" where at < ${before} order by at limit ${batch})`,
  )
}

/**
 * Deletes undecided interactions, clients that nobody ever approved, ended sessions, expired codes and
 * guess counters, handshakes whose events are gone, and old alerts and sign-ins. Works in batches, so that
 * no statement locks many rows.
 *
 * @returns how many clients were among them
 */
export async function deleteExpired(now: Date): Promise<number> {
  const before = new Date(now.getTime() - retentionMs)
  const connection = await prisma()
  const alertsBefore = new Date(now.getTime() - alertsForMs)
  const daysBefore = new Date(now.getTime() - daysKept * retentionMs)
  const hoursBefore = new Date(now.getTime() - eventHoursForMs)
  const sessionsBefore = new Date(now.getTime() - operatorSessionForMs)
  const neverUsed = new Date(now.getTime() - neverUsedForMs)
  const overSince = new Date(now.getTime() - attemptsOverMs)
  const statements = [
    () => connection.$executeRaw`delete from "Instance" where id in (
      select id from "Instance" where "seenAt" < now() - interval '1 hour' limit ${batch})`,
    () => connection.$executeRaw`delete from "Interaction" where id in (
      select id from "Interaction" where "expiresAt" < ${before} and "grantId" is null limit ${batch})`,
    () => connection.$executeRaw`delete from "AuthorizationCode" where "codeHash" in (
      select "codeHash" from "AuthorizationCode" where "expiresAt" < ${before} limit ${batch})`,
    () => connection.$executeRaw`delete from "RateLimiterFlexible" where key in (
      select key from "RateLimiterFlexible" where expire < ${before} limit ${batch})`,
    // a handshake lives as long as its events; those of one under way may still be coming
    () => connection.$executeRaw`delete from "Handshake" where id in (
      select id from "Handshake" h where h."lastAt" < ${overSince}
        and not exists (select from "HandshakeEvent" j where j."handshakeId" = h.id) limit ${batch})`,
    () => connection.$executeRaw`delete from "HandshakeAlert" where ("handshakeId", verdict) in (
      select "handshakeId", verdict from "HandshakeAlert" where at < ${before} limit ${batch})`,
    () => connection.$executeRaw`delete from "AlertDelivery" where id in (
      select id from "AlertDelivery" where "createdAt" < ${alertsBefore} limit ${batch})`,
    () => connection.$executeRaw`delete from "GrantDay" where ("grantId", day) in (
      select "grantId", day from "GrantDay" where day < ${daysBefore} limit ${batch})`,
    () => connection.$executeRaw`delete from "EventHour" where ctid = any(array(
      select ctid from "EventHour" where hour < ${hoursBefore} limit ${batch}))`,
    () => connection.$executeRaw`delete from "OperatorSession" where id in (
      select id from "OperatorSession" where "expiresAt" < ${sessionsBefore} limit ${batch})`,
  ]
  for (const statement of statements) await inBatches(statement)
  await deleteSessions(now)
  return inBatches(() => pruneNeverUsed(neverUsed, batch))
}
