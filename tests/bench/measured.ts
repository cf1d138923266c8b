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

/** How many times as fast as another, round by round where both ran, and of that the median. */
export function ratio(measured: readonly Measured[], leg: Leg, id: string, peer: string): number {
  const theirs = new Map(loadsOf(measured, peer, leg).map((one) => [one.round, one.perSecond]))
  return median(
    loadsOf(measured, id, leg).flatMap(({ round, perSecond }) => {
      const other = theirs.get(round)
      return other === undefined ? [] : [perSecond / other]
    }),
  )
}
