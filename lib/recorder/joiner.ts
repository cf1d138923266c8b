import 'server-only'
import { processWide } from '@/lib/process-wide'
import { isLooking, joinWritten, type Turn } from '@/lib/recorder/handshake-join'
import { complain } from '@/lib/store/database/availability'
import { callsOnly, subscribe } from '@/lib/store/database/notifications'
import { hasWork } from '@/lib/store/handshakes/work'
import { tellOfTrouble } from './handshake-alerts'
import { flushEvents } from './recorder'

/**
 * Joins events to handshakes as they are written, beside everything else: whoever records an event
 * does not wait for it. Every instance has a joiner, and one of them works at a time.
 */

/** An observation is written up to 200 ms after it was made; later ones may be visible before it. */
const holdMs = 350
/** How often is looked without a notification, which is also how exact the clocks are. */
const pollMs = 1000
/** How soon is looked after a notification, or while another instance is at it. */
const soonMs = 150
/** After a turn it rests so many times as long, and no longer than this: others use the database too. */
const rest = { times: 6, mostMs: 400 }
/** How long it rests where there is nothing but ordinary calls: a turn costs the same for few and many. */
const barrenMs = 2000

/** A page waits for no more. */
const mostTurnsOfPage = 3

type Joiner = {
  running: boolean
  timer: NodeJS.Timeout | null
  /** when the timer fires */
  due: number
  restsUntil: number
  /** whether the last turn met nothing but ordinary calls, of which there will be more */
  barren: boolean
  turn: Promise<unknown>
  unsubscribe: () => void
}

const joiner = processWide(
  'joiner',
  (): Joiner => ({
    running: false,
    timer: null,
    due: 0,
    restsUntil: 0,
    barren: false,
    turn: Promise.resolve(),
    unsubscribe: () => {},
  }),
)

/** One turn after the other: they share what they know. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const next = joiner.turn.then(work, work)
  joiner.turn = next.catch(() => undefined)
  return next
}

const nothing: Turn = { busy: false, more: false, waiting: false, barren: false }

async function takeTurn(hold: number): Promise<Turn> {
  const now = Date.now()
  if (!joiner.barren && !isLooking() && !(await hasWork(now, hold))) return nothing
  return joinWritten(now, hold)
}

/** Looks again after so long, or earlier where that was said before. */
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
    const { busy, more, waiting, barren } = await inTurn(() => takeTurn(holdMs))
    await tellOfTrouble(Date.now())
    const now = Date.now()
    joiner.barren = barren
    joiner.restsUntil =
      now + (barren ? barrenMs : Math.min((now - since) * rest.times, rest.mostMs))
    schedule(more ? 0 : busy || waiting ? soonMs : pollMs)
  } catch (error) {
    if (joiner.running) complain('handshakes', error)
    schedule(pollMs)
  }
}

function hear(payload: string): void {
  // calls tell of no handshake, or of one that goes well: the next look is soon enough
  if (payload === callsOnly) return
  // it rests from calls, and this is something else
  if (joiner.barren) joiner.restsUntil = 0
  schedule(soonMs)
}

/** Starts to join, once per process. */
export function startJoining(): void {
  if (joiner.running) return
  joiner.running = true
  joiner.unsubscribe = subscribe('portico_events', hear)
  schedule(0)
}

/** Stops when the turn that is under way is over; whoever starts next goes on from there. */
export async function stopJoining(): Promise<void> {
  joiner.running = false
  joiner.unsubscribe()
  if (joiner.timer) clearTimeout(joiner.timer)
  await joiner.turn
}

/**
 * Joins what this instance has recorded up to now, for a page that is asked for next. Where another
 * instance is at it, it will have done so in a moment; a long log that is joined anew is not waited
 * for.
 */
export async function joinNow(): Promise<void> {
  await flushEvents()
  for (let turns = 0; turns < mostTurnsOfPage; turns += 1) {
    const { more } = await inTurn(() => takeTurn(0))
    if (!more) return
  }
}

/** How often another instance that is at it is waited for. */
const mostWaits = 8

/**
 * Joins what is there and judges what is due, up to a bound, for whom no joiner runs.
 *
 * @returns whether there is more to do
 */
export async function joinInTurn(mostTurns: number): Promise<boolean> {
  for (let turns = 0, waits = 0; turns < mostTurns && waits < mostWaits; ) {
    const { more, busy } = await inTurn(() => takeTurn(0))
    if (busy) {
      // its turn may have begun before what is to be joined was written
      waits += 1
      await new Promise((resolve) => setTimeout(resolve, soonMs))
    } else if (more) turns += 1
    else return false
  }
  return true
}

/** Joins everything there is, as a rebuild does. @param tell is called after each turn */
export async function joinEverything(tell: () => void): Promise<void> {
  for (let again = true; again; ) {
    const { more, busy } = await inTurn(() => takeTurn(0))
    if (busy) await new Promise((resolve) => setTimeout(resolve, soonMs))
    again = more || busy
    tell()
  }
}
