import 'server-only'
import { Console } from 'node:console'
import { processWide } from '@/lib/process-wide'
import { insertEvents, type NewEvent } from '@/lib/store/events'
import { callsOnly, notify } from '@/lib/store/notifications'
import type { EventDetail, EventName } from './catalogue'
import { consoleLine } from './console'
import { type Exchange, type Observation, type Outcome, observe } from './exchange'

/**
 * What happened waits for at most this long before it is described, printed and written together.
 * A busy server waits longer: a batch costs nearly as much for few as for many.
 */
const flushAfterMs = { quiet: 50, busy: 200 }
/** So many that arrive between two batches are the traffic of a busy server. */
const busyFrom = 20
const largestBatch = 500
/** The readers of the live feed are woken so soon after something is written, and not more often. */
const wake = { afterMs: 20, everyMs: 200 }
/** Beyond this, a database that is down must not become memory that runs out. */
const mostWaiting = 20_000

/** `isStored` where it was written with its change, and is only to be printed. */
type Arrived = { readonly describe: Observation; readonly isStored: boolean }

type Queue = {
  arrived: Arrived[]
  /** described, and to be written */
  waiting: NewEvent[]
  busy: boolean
  timer: NodeJS.Timeout | null
  writing: Promise<void>
  waking: NodeJS.Timeout | null
  /** whether the readers are woken for nothing but tool calls that succeeded */
  callsOnly: boolean
  wokenAt: number
  dropped: number
}

const queue = processWide(
  'recorder',
  (): Queue => ({
    arrived: [],
    waiting: [],
    busy: false,
    timer: null,
    writing: Promise.resolve(),
    waking: null,
    callsOnly: true,
    wokenAt: 0,
    dropped: 0,
  }),
)

/** Only tests/bench turns it off, before the start, to measure what it costs. */
const recording = processWide('recording', () => ({ isOn: true }))

/** Past what Next adds to the console of a page. */
const plain = new Console(process.stdout, process.stderr)

/** One that cannot be described must not take those along that arrived with it. */
function described({ describe }: Arrived): NewEvent | null {
  try {
    return describe()
  } catch (error) {
    queue.dropped += 1
    console.error(`event log: one event could not be described: ${(error as Error).message}`)
    return null
  }
}

/**
 * Describes and prints what has arrived. One loop over many costs a fraction of what each would
 * between the steps of its own request, and so does one system call for their lines.
 */
function takeArrived(): void {
  const { arrived, waiting } = queue
  queue.busy = arrived.length >= busyFrom
  if (arrived.length === 0) return
  queue.arrived = []
  const lines: string[] = []
  for (const one of arrived) {
    const event = described(one)
    if (!event) continue
    lines.push(consoleLine(event))
    if (one.isStored) continue
    if (waiting.length < mostWaiting) waiting.push(event)
    else queue.dropped += 1
  }
  if (lines.length > 0) plain.log(lines.join('\n'))
}

const isCall = ({ name, outcome }: NewEvent): boolean => name === 'mcp.called' && outcome === 'ok'

/**
 * Wakes the readers on every instance, after the commit: a NOTIFY within would make transactions
 * wait for one another's flush to disk. A wake-up that is lost costs a reader a moment.
 */
function wakeReaders(events: readonly NewEvent[]): void {
  queue.callsOnly &&= events.every(isCall)
  const due = Math.max(wake.afterMs, queue.wokenAt + wake.everyMs - Date.now())
  queue.waking ??= setTimeout(() => {
    queue.waking = null
    queue.wokenAt = Date.now()
    notify('portico_events', queue.callsOnly ? callsOnly : '').catch(() => undefined)
    queue.callsOnly = true
  }, due)
}

/** One event that the database refuses must not take the others of its batch along. */
async function writeOneByOne(batch: readonly NewEvent[]): Promise<void> {
  for (const event of batch) {
    try {
      await insertEvents([event])
    } catch (error) {
      queue.dropped += 1
      console.error(`event log: ${event.name} was not written: ${(error as Error).message}`)
    }
  }
}

async function writeWaiting(): Promise<void> {
  while (queue.waiting.length > 0) {
    const batch = queue.waiting.splice(0, largestBatch)
    await insertEvents(batch).catch(() => writeOneByOne(batch))
    wakeReaders(batch)
  }
}

/** Writes everything that waits; resolves when it is written or counted as dropped. */
export function flushEvents(): Promise<void> {
  if (queue.timer) clearTimeout(queue.timer)
  queue.timer = null
  takeArrived()
  // one writer at a time keeps the order of ids that of the events
  queue.writing = queue.writing.then(writeWaiting)
  return queue.writing
}

function add(arrived: Arrived): void {
  queue.arrived.push(arrived)
  const { quiet, busy } = flushAfterMs
  queue.timer ??= setTimeout(() => void flushEvents(), queue.busy ? busy : quiet)
}

/** How many events were lost to a full queue or a failing database since the start. */
export const droppedEvents = (): number => queue.dropped

/**
 * Records an observation: it is printed and written with the next batch, and never slows or breaks
 * the answer it tells of.
 */
export function record<N extends EventName>(
  exchange: Exchange,
  name: N,
  status: number | undefined,
  detail: EventDetail<N>,
  outcome?: Outcome,
): void {
  exchange.recorded += 1
  if (!recording.isOn) return
  add({ describe: observe(exchange, name, status, detail, outcome), isStored: false })
}

/** Tells of events that a transaction has just committed: they are written, and printed only now. */
export function announce(exchange: Exchange, events: readonly NewEvent[]): void {
  exchange.recorded += events.length
  if (events.length > 0) wakeReaders(events)
  for (const event of events) add({ describe: () => event, isStored: true })
}
