import 'server-only'
import { processWide } from '@/lib/process-wide'
import { complain } from '@/lib/store/database/availability'
import { newestEventId } from '@/lib/store/events/events'
import { countWritten } from '@/lib/store/events/hours'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'

/** Counts events by the hour, beside everything else; every instance tries, one at a time does it. */

const everyMs = 5000
/** A transaction is over within 15 s: what was the newest id so long ago has nothing missing below. */
const settledAfterMs = 20_000

type Sight = { readonly at: number; readonly newest: bigint }

const counter = processWide(
  'event-counter',
  (): { sights: Sight[]; timer: NodeJS.Timeout | null; turn: Promise<void> } => ({
    sights: [],
    timer: null,
    turn: Promise.resolve(),
  }),
)

/** The id below which nothing can appear any more, by what this process saw; `null` just after its start. */
function settled(now: number): bigint | null {
  const old = counter.sights.findLastIndex(({ at }) => now - at >= settledAfterMs)
  if (old < 0) return null
  counter.sights.splice(0, old)
  return counter.sights[0]?.newest ?? null
}

async function takeTurn(): Promise<void> {
  try {
    const now = Date.now()
    counter.sights.push({ at: now, newest: await newestEventId() })
    const upTo = settled(now)
    while (upTo !== null && counter.timer !== null && (await countWritten(upTo))) {
      // others use the database too
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  } catch (error) {
    if (counter.timer) complain('event counts', error)
  }
}

/** Starts to count, once per process. */
export function startCounting(): void {
  if (counter.timer) return
  counter.timer = setInterval(() => {
    counter.turn = counter.turn.then(takeTurn)
  }, everyMs)
  counter.timer.unref()
  counter.turn = takeTurn()
}

/** Stops when the turn that is under way is over. */
export async function stopCounting(): Promise<void> {
  if (counter.timer) clearInterval(counter.timer)
  counter.timer = null
  await counter.turn
}

const sightKey = 'event-hours.sight'

const parseSight = (text: string | null): Sight | null => {
  if (text === null) return null
  const { at, newest } = JSON.parse(text) as { at: number; newest: string }
  return { at, newest: BigInt(newest) }
}

/**
 * Counts where no process stays to see what settles: what was the newest id when somebody looked
 * last is kept in the database.
 *
 * @param now milliseconds since the epoch
 */
export async function countInTurn(now: number): Promise<void> {
  const sight = parseSight(await readSetting(sightKey))
  if (sight && now - sight.at < settledAfterMs) return
  while (sight && (await countWritten(sight.newest))) {
    // one statement is bounded, and there may be more
  }
  const newest = String(await newestEventId())
  await writeSetting(sightKey, JSON.stringify({ at: now, newest }))
}
