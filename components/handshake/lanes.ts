import type { TimelineItem } from './timeline-items'

/** A line's start and end on the common scale, each from 0 to 1. */
export type TimelineLane = {
  readonly from: number
  readonly to: number
  readonly usualTo: number | null
}

/** A user's time is drawn no longer than this, so that the rest stays visible. */
const personsMs = 600

/**
 * The lines on one time scale, which ends with the last step; a user's time is shortened. A line
 * that did not happen, or happened after the steps, has none.
 */
export function lanesOf(items: readonly TimelineItem[]): ReadonlyMap<string, TimelineLane> {
  const last = items.findLastIndex(({ step, offsetMs }) => step !== null && offsetMs !== null)
  const spans: { key: string; from: number; to: number; usualTo: number | null }[] = []
  let at = 0
  for (const { key, offsetMs, sinceMs, isPersons, usual } of items.slice(0, last + 1)) {
    if (offsetMs === null) continue
    const took = isPersons ? Math.min(sinceMs ?? 0, personsMs) : (sinceMs ?? 0)
    spans.push({ key, from: at, to: at + took, usualTo: usual && at + usual.mostMs })
    at += took
  }
  const whole = Math.max(1, at, ...spans.map(({ usualTo }) => usualTo ?? 0))
  return new Map(
    spans.map(({ key, from, to, usualTo }) => [
      key,
      { from: from / whole, to: to / whole, usualTo: usualTo === null ? null : usualTo / whole },
    ]),
  )
}
