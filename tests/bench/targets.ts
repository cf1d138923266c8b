import { type Leg, legs } from './legs'
import { type Measured, ratio } from './measured'

/** What must hold. */
type Target = {
  readonly name: string
  readonly of: (measured: readonly Measured[]) => number
  readonly met: (value: number) => boolean
}

const slowdown = (measured: readonly Measured[], leg: Leg): number =>
  100 * (1 - ratio(measured, leg, 'portico', 'unrecorded'))

/** All that a run is judged by. */
export const targets: readonly Target[] = [
  ...legs.slice(0, 2).flatMap((leg) => [
    {
      name: `${leg}: at least 1.0 of mcp-handler`,
      of: (measured: readonly Measured[]) => ratio(measured, leg, 'portico', 'mcp-handler'),
      met: (value: number) => value >= 1,
    },
    {
      name: `${leg}: recording costs under 5 %`,
      of: (measured: readonly Measured[]) => slowdown(measured, leg),
      met: (value: number) => value < 5,
    },
  ]),
  {
    name: 'refresh: at least 2.0 of Better Auth',
    of: (measured) => ratio(measured, 'refresh', 'portico', 'better-auth'),
    met: (value) => value >= 2,
  },
]
