import 'server-only'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import { isAway, suspectOutage } from '@/lib/store/database/availability'
import { foldId, writeFolds as storeFolds } from '@/lib/store/events/folds'
import { noteHeldBack } from '@/lib/store/events/held-back'
import { foldLine } from './console'
import { Folding, type Run } from './folding'
import { addLine } from './print'
import { unwritten } from './writer'

/** Writes the counts of strangers' runs, in addition to the recorder's events. */

/** The overview's numbers are updated at most this often. */
const noteEveryMs = 10_000

const folds = processWide('recorder-folds', () => ({
  folding: new Folding(),
  unnoted: 0,
  notedAt: 0,
}))

/** The runs of this process. */
export const { folding } = folds

const stateOf = ({ event: { at, requestId, name }, count, lastAt }: Run) => ({
  ...{ at, requestId, name, count },
  lastAt: new Date(lastAt),
})

async function writeRuns(due: readonly Run[]): Promise<void> {
  // counts grow while they are written
  const sent = due.map((run) => ({ run, state: stateOf(run) }))
  const written = await storeFolds(sent.map(({ state }) => state))
  const added = new Map(written.map((fold) => [fold.id, fold.added]))
  for (const { run, state } of sent) {
    const more = added.get(foldId(state))
    if (more === undefined) continue
    run.written = state.count
    folds.unnoted += Math.max(0, more)
  }
}

async function writeDue(now: number, all: boolean): Promise<void> {
  const due = folding.due(now, all)
  if (due.length > 0) await writeRuns(due)
  if (folds.unnoted === 0 || (!all && now - folds.notedAt < noteEveryMs)) return
  const count = folds.unnoted
  folds.notedAt = now
  folds.unnoted = 0
  await noteHeldBack('folded', count, new Date(now))
}

/**
 * Writes the counts that are due, and prints the lines of ended runs. What fails becomes due again later.
 *
 * @param all includes those not yet due, where the process may stop at any time
 */
export async function flushFolds(all: boolean): Promise<void> {
  // the events that they count for are written first
  if (isAway() || unwritten() > 0) return
  try {
    await writeDue(Date.now(), all || env().isServerless)
  } catch (error) {
    if (isUnavailable(error)) suspectOutage(error)
    else logError(`event log: counts were not written: ${(error as Error).message}`)
  }
  printEnded(false)
}

/** Adds the lines of ended runs, with their counts. @param all includes active ones */
export function printEnded(all: boolean): void {
  for (const { event, count, lastAt, written } of folding.ended(Date.now(), all)) {
    if (count > written) {
      logError(`event log: ${count - written} requests of ${event.name} were not counted`)
    }
    if (count > 1) addLine(foldLine(event, count, new Date(lastAt)))
  }
}
