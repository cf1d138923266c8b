import 'server-only'
import { logError } from '@/lib/runtime/log'
import { foldId, writeFolds } from '@/lib/store/events/folds'
import { noteHeldBack } from '@/lib/store/events/held-back'
import { foldLine } from './console'
import type { Folding, Run } from './folding'

/** The overview's numbers are updated at most this often. */
const noteEveryMs = 10_000

const stateOf = ({ event: { at, requestId, name }, count, lastAt }: Run) => ({
  ...{ at, requestId, name, count },
  lastAt: new Date(lastAt),
})

/** Writes the counts of strangers' runs, in addition to the recorder's events. */
export class FoldWriter {
  #unnoted = 0
  #notedAt = 0

  constructor(private readonly folding: Folding) {}

  /**
   * Writes the counts that are due.
   *
   * @param all includes those not yet due, where the process may stop at any time
   * @throws when the database refuses them; they become due again later
   */
  async write(now: number, all: boolean): Promise<void> {
    const due = this.folding.due(now, all)
    if (due.length > 0) await this.#writeRuns(due)
    if (this.#unnoted === 0 || (!all && now - this.#notedAt < noteEveryMs)) return
    const count = this.#unnoted
    this.#notedAt = now
    this.#unnoted = 0
    await noteHeldBack('folded', count, new Date(now))
  }

  /** The lines of ended runs, with their counts. @param all includes active ones */
  endedLines(now: number, all: boolean): string[] {
    return this.folding.ended(now, all).flatMap(({ event, count, lastAt, written }) => {
      if (count > written) {
        logError(`event log: ${count - written} requests of ${event.name} were not counted`)
      }
      return count > 1 ? [foldLine(event, count, new Date(lastAt))] : []
    })
  }

  async #writeRuns(due: readonly Run[]): Promise<void> {
    // counts grow while they are written
    const sent = due.map((run) => ({ run, state: stateOf(run) }))
    const written = await writeFolds(sent.map(({ state }) => state))
    const added = new Map(written.map((fold) => [fold.id, fold.added]))
    for (const { run, state } of sent) {
      const more = added.get(foldId(state))
      if (more === undefined) continue
      run.written = state.count
      this.#unnoted += Math.max(0, more)
    }
  }
}
