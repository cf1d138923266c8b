import 'server-only'
import { randomUUID } from 'node:crypto'
import os from 'node:os'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { logError } from '@/lib/runtime/log'
import { logFailure } from './availability'
import { database, prisma } from './database'

/**
 * Whether the instances and the database agree about the time. Each instance compares its clock with the
 * database's once a minute and stores the difference in a row that the others read.
 */

const everyMs = 60_000
/** Larger differences are reported. */
const toleratedMs = 30_000
/** An answer that took longer says little about the time. */
const slowMs = 2000
/** An instance not seen for this long has ended. */
const seenWithin = '3 minutes'

/** How far the clock of an instance is ahead of the database's, in milliseconds. */
type ClockOffset = { readonly host: string; readonly offsetMs: number }

const own = processWide('clock', () => ({
  id: randomUUID(),
  timer: null as NodeJS.Timeout | null,
  reported: new Set<string>(),
}))

/** Milliseconds that this clock is ahead of the database's; `null` when the answer took too long. */
async function measure(): Promise<number | null> {
  const { pool } = await database()
  const before = Date.now()
  const { rows } = await pool.query<{ ms: string }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms',
  )
  const after = Date.now()
  if (after - before > slowMs) return null
  return Math.round((before + after) / 2 - Number(rows[0]?.ms))
}

/**
 * The instances to report: those too far from the database, or, if there are none, the two that are too far
 * from each other.
 */
export function outOfBounds(offsets: readonly ClockOffset[]): ClockOffset[] {
  const far = offsets.filter(({ offsetMs }) => Math.abs(offsetMs) > toleratedMs)
  if (far.length > 0) return far
  const sorted = offsets.toSorted((one, other) => one.offsetMs - other.offsetMs)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last || last.offsetMs - first.offsetMs <= toleratedMs) return []
  return [first, last]
}

const isShared = (): boolean => env().databaseUrl !== null && env().hasDisk

/** The instances whose clocks must be corrected, by their last measurements. */
export async function instancesApart(): Promise<ClockOffset[]> {
  if (env().databaseUrl === null) return []
  if (!isShared()) {
    const offsetMs = await measure()
    return outOfBounds(offsetMs === null ? [] : [{ host: 'this function', offsetMs }])
  }
  const rows = await (await prisma()).$queryRaw<ClockOffset[]>`
    select host, "clockOffsetMs" as "offsetMs" from "Instance"
    where "seenAt" > now() - ${seenWithin}::interval order by host`
  return outOfBounds(rows)
}

const seconds = (ms: number): string => `${Math.round(Math.abs(ms) / 1000)} s`

function report(apart: readonly ClockOffset[]): void {
  const hosts = new Set(apart.map(({ host }) => host))
  for (const host of own.reported) if (!hosts.has(host)) own.reported.delete(host)
  for (const { host, offsetMs } of apart) {
    if (own.reported.has(host)) continue
    own.reported.add(host)
    const side = offsetMs > 0 ? 'ahead of' : 'behind'
    logError(
      `clocks: ${host} is ${seconds(offsetMs)} ${side} the database; tokens and codes expire at the wrong time there`,
    )
  }
}

/** Measures this clock, stores the difference, and logs once which clocks must be corrected. */
async function compareClocks(): Promise<void> {
  try {
    const offset = await measure()
    if (offset !== null) {
      await (await prisma()).$executeRaw`
        insert into "Instance" (id, host, "clockOffsetMs")
        values (${own.id}, ${os.hostname()}, ${offset}::int)
        on conflict (id) do update
        set "seenAt" = now(), "clockOffsetMs" = excluded."clockOffsetMs"`
    }
    report(await instancesApart())
  } catch (error) {
    logFailure('clocks', error)
  }
}

/** Starts comparing, once per process and where several instances may share a database. */
export function startClocks(): void {
  if (own.timer || !isShared()) return
  own.timer = setInterval(() => void compareClocks(), everyMs)
  own.timer.unref()
  void compareClocks()
}

/** Removes this instance from the list. */
export async function stopClocks(): Promise<void> {
  if (!own.timer) return
  clearInterval(own.timer)
  own.timer = null
  await (await prisma()).instance.deleteMany({ where: { id: own.id } }).catch(() => undefined)
}
