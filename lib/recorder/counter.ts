import 'server-only'
import { processWide } from '@/lib/process-wide'
import { logFailure } from '@/lib/store/database/availability'
import { newestEventId } from '@/lib/store/events/events'
import { countWritten } from '@/lib/store/events/hours'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'

/** Counts events by the hour in the background; every instance tries, one at a time does it. */

const everyMs = 5000
/** A transaction ends within 15 s: below the id that was newest this long ago nothing is missing. */
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

/** The id below which nothing can appear any more, as this process saw it; `null` just after the start. */
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
      // leave time for other users of the database
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  } catch (error) {
    if (counter.timer) logFailure('event counts', error)
  }
}

/** Starts counting, once per process. */
export function startCounting(): void {
  if (counter.timer) return
  counter.timer = setInterval(() => {
    counter.turn = counter.turn.then(takeTurn)
  }, everyMs)
  counter.timer.unref()
  counter.turn = takeTurn()
}

/** Stops after the current turn. */
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
 * Counts on serverless, where no process stays to see which ids are settled: the newest id at the last call
 * is stored in the database.
 *
 * @param now milliseconds since the epoch
 */
export async function countInTurn(now: number): Promise<void> {
  const sight = parseSight(await readSetting(sightKey))
  if (sight && now - sight.at < settledAfterMs) return
  while (sight && (await countWritten(sight.newest))) {
    // one statement is limited, and there may be more
  }
  const newest = String(await newestEventId())
  await writeSetting(sightKey, JSON.stringify({ at: now, newest }))
}
