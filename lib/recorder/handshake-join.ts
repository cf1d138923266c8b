import 'server-only'
import { forget } from '@/lib/handshake/join-state'
import { processWide } from '@/lib/process-wide'
import { emit, type HandshakeProgress } from '@/lib/recorder/signals'
import { type Connection, transaction } from '@/lib/store/database/database'
import {
  beginning,
  type Cursor,
  cursorText,
  look,
  parseCursor,
  readCursorText,
  writeCursor,
} from '@/lib/store/handshakes/cursor'
import type { LogPosition } from '@/lib/store/handshakes/events'
import {
  type HeldState,
  loadState,
  prepare,
  quietGrants,
  restore,
} from '@/lib/store/handshakes/state'
import { dueHandshakes, joinSome, maxDue } from '@/lib/store/handshakes/turn'
import { type GatheredEvents, gather } from './handshake-gather'
import { notifyHandshakes, writeAttempts } from './handshake-rows'

/**
 * Joins the log. One instance does it at a time, under an advisory lock; it keeps its state in memory until
 * another instance moves the cursor.
 */

const lockKey = 1_886_548_083
const pageSize = 4000
/** The page size of a turn while strangers open many attempts. */
const crowdedPageSize = 500
/** From this many joined events without a handshake on, the server counts as busy. */
const manyEvents = 50
/** While joining catches up with the log, later ids may still be earlier events. */
const disorderMs = 2000
/** An event in the future, by another instance's clock, is not waited for. */
const clocksDifferMs = 5000

/** The result of a turn of joining. */
export type JoinTurn = {
  /** another instance is joining */
  readonly busy: boolean
  /** there is more to do at once */
  readonly more: boolean
  /** some events are too fresh to join */
  readonly waiting: boolean
  /** many events, and none concerned a handshake: ordinary calls of a busy server */
  readonly idle: boolean
}

type Memory = { readonly cursor: string; readonly held: HeldState }
const memory = processWide('handshakes', (): { is: Memory | null } => ({ is: null }))

async function lock(connection: Connection, wait: boolean): Promise<boolean> {
  if (wait) {
    await connection.$queryRaw`select 1 from pg_advisory_xact_lock(${lockKey})`
    return true
  }
  const [row] = await connection.$queryRaw<[{ locked: boolean }]>`
    select pg_try_advisory_xact_lock(${lockKey}) as locked`
  return row.locked
}

/** Whether an attempt may open merely because time passes, which no event announces. */
export const isLooking = (): boolean => (memory.is?.held.state.looks.length ?? 0) > 0

/** Deletes all handshakes, so that the log is joined again. */
async function reset(connection: Connection): Promise<Cursor> {
  await connection.$executeRaw`truncate "HandshakeEvent", "Handshake"`
  await writeCursor(connection, beginning)
  return beginning
}

/**
 * Joins events and stores the results.
 *
 * @param until every event up to this time is included; `null` when there are more
 */
async function joinGathered(
  connection: Connection,
  held: HeldState,
  { from, events, disturbed, cursor }: GatheredEvents,
  until: number | null,
  now: number,
): Promise<{
  due: number
  concerned: number
  stoppedAt: LogPosition | null
  progress: HandshakeProgress[]
}> {
  await prepare(connection, held, events)
  const { joined, touched, stoppedAt } = joinSome(held, events, from, until)
  const due = await dueHandshakes(connection, now)
  const left =
    disturbed.length === 0
      ? []
      : await connection.handshake.findMany({
          where: { id: { in: [...disturbed] } },
          select: { id: true, retryOfId: true },
        })
  await restore(connection, held.state, [...due, ...left])
  for (const { id } of [...due, ...left]) {
    const attempt = held.state.attempts.get(id)
    if (attempt) touched.add(attempt)
  }
  const progress = await writeAttempts(connection, held.state, touched, joined, now)
  await notifyHandshakes(connection, disturbed)
  forget(held.state, (stoppedAt ?? cursor.joined).at)
  return { due: due.length, concerned: joined.length + due.length, stoppedAt, progress }
}

/** Whether an event is too fresh to join. */
const isFresh = (at: number, until: number, now: number): boolean =>
  at > until && at < now + clocksDifferMs

type Work = {
  readonly turn: JoinTurn
  readonly memory: Memory | null
  readonly progress: readonly HandshakeProgress[]
}

async function work(connection: Connection, now: number, holdMs: number): Promise<Work> {
  if (!(await lock(connection, false))) {
    const turn = { busy: true, more: false, waiting: false, idle: false }
    return { turn, memory: memory.is, progress: [] }
  }
  const text = await readCursorText(connection)
  const cursor = parseCursor(text) ?? (await reset(connection))
  const seen = await look(connection, cursor, pageSize, now)
  const until = Math.min(now - holdMs, seen.more ? (seen.newestAt ?? now) - disorderMs : now)
  const known = memory.is?.cursor === text ? memory.is.held : null
  const quiet = known ? quietGrants(known, cursor.joined.at) : new Set<string>()
  const limit = known?.state.isCrowded ? crowdedPageSize : pageSize
  const gathered = await gather(connection, seen, until, limit, quiet)
  const held = (gathered.rewound ? null : known) ?? (await loadState(connection, gathered.from))
  const { due, concerned, stoppedAt, progress } = await joinGathered(
    connection,
    held,
    gathered,
    seen.more || gathered.count >= limit ? null : until,
    now,
  )
  const next = stoppedAt ? { ...gathered.cursor, joined: stoppedAt } : gathered.cursor
  const moved = cursorText(next)
  if (moved !== text) await writeCursor(connection, next)
  const isWhole = stoppedAt === null && gathered.count < limit
  const more = seen.more || !isWhole || due >= maxDue
  const waiting = !more && isFresh(seen.latestAt ?? 0, until, now)
  const idle = !more && concerned === 0 && gathered.count >= manyEvents
  const turn = { busy: false, more, waiting, idle }
  return { turn, memory: { cursor: moved, held }, progress }
}

/**
 * Joins a page of pending events, and judges again what is due.
 *
 * @param now milliseconds since the epoch
 * @param holdMs how long an event is held back for earlier ones to become visible
 */
export async function joinWritten(now: number, holdMs: number): Promise<JoinTurn> {
  const since = performance.now()
  const reportTurn = (result: 'joined' | 'busy' | 'failed') =>
    emit('turn', { result, ms: performance.now() - since })
  try {
    const {
      turn,
      memory: learnt,
      progress,
    } = await transaction((connection) => work(connection, now, holdMs))
    memory.is = learnt
    reportTurn(turn.busy ? 'busy' : 'joined')
    for (const one of progress) emit('handshake', one)
    return turn
  } catch (error) {
    reportTurn('failed')
    // the state in memory was not stored
    memory.is = null
    throw error
  }
}

/** Deletes all handshakes; the next turn joins the log again. */
export async function resetHandshakes(): Promise<void> {
  await transaction(async (connection) => {
    await lock(connection, true)
    await reset(connection)
  })
  memory.is = null
}
