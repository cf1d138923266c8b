import 'server-only'
import { processWide } from '@/lib/process-wide'
import { isLooking, type JoinTurn, joinWritten } from '@/lib/recorder/handshake-join'
import { logFailure } from '@/lib/store/database/availability'
import { callsOnly, subscribeToChannel } from '@/lib/store/database/notifications'
import { hasWork } from '@/lib/store/handshakes/cursor'
import { reportTrouble } from './handshake-alerts'
import { flushEvents } from './queue'

/**
 * Joins events to handshakes in the background: recording does not wait for it. Every instance has a
 * joiner, and one of them works at a time.
 */

/** An observation is written up to 200 ms after it was made; later ones may be visible before it. */
const holdMs = 350
/** How often to poll without a notification, which is also the precision of the clocks. */
const pollMs = 1000
/** How soon to look after a notification, or while another instance is joining. */
const soonMs = 150
/** The pause after a turn, as a multiple of its duration, up to a limit: others use the database too. */
const rest = { times: 6, maxMs: 400 }
/** The pause while there are only ordinary calls: a turn costs the same for few and many. */
const idleMs = 2000

/** How many turns a page waits for. */
const maxTurnsOfPage = 3

class Joiner {
  running = false
  timer: NodeJS.Timeout | null = null
  /** when the timer fires */
  due = 0
  restsUntil = 0
  /** whether the last turn met only ordinary calls, of which more will come */
  idle = false
  turn: Promise<unknown> = Promise.resolve()
  unsubscribe = (): void => {}
}

const joiner = processWide('joiner', () => new Joiner())

/** One turn after the other: they share state. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const next = joiner.turn.then(work, work)
  joiner.turn = next.catch(() => undefined)
  return next
}

const nothing: JoinTurn = { busy: false, more: false, waiting: false, idle: false }

async function takeTurn(hold: number): Promise<JoinTurn> {
  const now = Date.now()
  if (!joiner.idle && !isLooking() && !(await hasWork(now, hold))) return nothing
  return joinWritten(now, hold)
}

/** Looks again after this long, or earlier if already scheduled. */
function schedule(ms: number): void {
  const now = Date.now()
  const due = Math.max(now + ms, joiner.restsUntil)
  if (!joiner.running || (joiner.timer && joiner.due <= due)) return
  if (joiner.timer) clearTimeout(joiner.timer)
  joiner.due = due
  joiner.timer = setTimeout(() => void run(), due - now)
  joiner.timer.unref()
}

async function run(): Promise<void> {
  joiner.timer = null
  const since = Date.now()
  try {
    const { busy, more, waiting, idle } = await inTurn(() => takeTurn(holdMs))
    await reportTrouble(Date.now())
    const now = Date.now()
    joiner.idle = idle
    joiner.restsUntil = now + (idle ? idleMs : Math.min((now - since) * rest.times, rest.maxMs))
    schedule(more ? 0 : busy || waiting ? soonMs : pollMs)
  } catch (error) {
    if (joiner.running) logFailure('handshakes', error)
    schedule(pollMs)
  }
}

function onNotification(payload: string): void {
  // ordinary calls concern no handshake, or a healthy one: the next poll is soon enough
  if (payload === callsOnly) return
  // it pauses because of calls, and this is something else
  if (joiner.idle) joiner.restsUntil = 0
  schedule(soonMs)
}

/** Starts joining, once per process. */
export function startJoining(): void {
  if (joiner.running) return
  joiner.running = true
  joiner.unsubscribe = subscribeToChannel('portico_events', onNotification)
  schedule(0)
}

/** Stops after the current turn; the next start continues from there. */
export async function stopJoining(): Promise<void> {
  joiner.running = false
  joiner.unsubscribe()
  if (joiner.timer) clearTimeout(joiner.timer)
  await joiner.turn
}

/**
 * Joins what this instance has recorded so far, for a page requested next. If another instance is joining,
 * it will be done in a moment; does not wait while a long log is joined again.
 */
export async function joinNow(): Promise<void> {
  await flushEvents()
  for (let turns = 0; turns < maxTurnsOfPage; turns += 1) {
    const { more } = await inTurn(() => takeTurn(0))
    if (!more) return
  }
}

/** How often to wait for another instance that is joining. */
const maxWaits = 8

/**
 * Joins pending events and judges what is due, up to a limit, where no joiner runs.
 *
 * @returns whether there is more to do
 */
export async function joinInTurn(maxTurns: number): Promise<boolean> {
  for (let turns = 0, waits = 0; turns < maxTurns && waits < maxWaits; ) {
    const { more, busy } = await inTurn(() => takeTurn(0))
    if (busy) {
      // its turn may have begun before these events were written
      waits += 1
      await new Promise((resolve) => setTimeout(resolve, soonMs))
    } else if (more) turns += 1
    else return false
  }
  return true
}

/** Joins the whole log, as a rebuild does. @param report is called after each turn */
export async function joinEverything(report: () => void): Promise<void> {
  let more = true
  while (more) {
    more = await joinInTurn(1)
    report()
  }
}
