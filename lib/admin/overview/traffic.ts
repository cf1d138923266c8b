import 'server-only'
import type { Person } from '@/lib/auth/session'
import { bucketMs, type HourCount, hourCounts, isCountingBehind } from '@/lib/store/events/hours'

const hourMs = 3600_000
const spans = {
  '24h': { hours: 24, hoursPerBin: 1 },
  '7d': { hours: 168, hoursPerBin: 6 },
} as const

/** The range of the charts. */
export type OverviewRange = keyof typeof spans

const sumOf = (counts: readonly HourCount[]): number =>
  counts.reduce((sum, { count }) => sum + count, 0)

/** The 95th percentile of durations in milliseconds, as exact as the buckets; `null` without calls. */
function p95Of(counts: readonly HourCount[]): number | null {
  const timed = counts.filter(({ bucket }) => bucket > 0).sort((a, b) => a.bucket - b.bucket)
  let left = Math.ceil(sumOf(timed) * 0.95)
  for (const { bucket, count } of timed) {
    left -= count
    if (left <= 0) return Math.max(1, Math.round(bucketMs(bucket)))
  }
  return null
}

const figuresOf = (counts: readonly HourCount[]) => ({
  calls: sumOf(counts.filter(({ isCall }) => isCall)),
  /** refused or failed exchanges of every kind */
  errors: sumOf(counts.filter(({ isTrouble }) => isTrouble)),
  p95: p95Of(counts),
})

/** The start of a range: a full hour; the current hour is the last of the range. */
export const startOf = (range: OverviewRange, now: number): Date =>
  new Date((Math.floor(now / hourMs) + 1 - spans[range].hours) * hourMs)

/** Calls, errors and durations over a range, in bins of one or several hours, oldest first. */
export async function readTraffic(_: Person, range: OverviewRange) {
  const since = startOf(range, Date.now())
  const { hours, hoursPerBin } = spans[range]
  const [counts, behind] = await Promise.all([hourCounts(since), isCountingBehind()])
  const binMs = hoursPerBin * hourMs
  const binOf = ({ hour }: HourCount) => Math.floor((hour.getTime() - since.getTime()) / binMs)
  const bins = Array.from({ length: hours / hoursPerBin }, (_, index) => {
    const at = new Date(since.getTime() + index * binMs)
    return { at, ...figuresOf(counts.filter((count) => binOf(count) === index)) }
  })
  // behind: older events are still being counted, so some are missing
  return { range, bins, hoursPerBin, ...figuresOf(counts), behind }
}

export type Traffic = Awaited<ReturnType<typeof readTraffic>>
export type TrafficBin = Traffic['bins'][number]
