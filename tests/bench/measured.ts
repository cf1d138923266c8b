import type { Leg } from './legs'
import type { Seen } from './load'
import { median } from './median'

/** One load of one contestant. */
export type Measured = Seen & {
  readonly id: string
  readonly title: string
  readonly leg: Leg
  readonly round: number
  /** what a request cost the server, in microseconds of its core */
  readonly cpu: number
}

/** The loads of one contestant on one leg. */
export const loadsOf = (measured: readonly Measured[], id: string, leg: Leg) =>
  measured.filter((one) => one.id === id && one.leg === leg)

/** How many times as fast as another, round by round, and of that the median. */
export function ratio(measured: readonly Measured[], leg: Leg, id: string, other: string): number {
  const theirs = new Map(loadsOf(measured, other, leg).map((one) => [one.round, one.perSecond]))
  return median(
    loadsOf(measured, id, leg).map((one) => one.perSecond / (theirs.get(one.round) ?? Number.NaN)),
  )
}
