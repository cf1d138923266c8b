import { type Leg, legs } from './legs'
import { type Measured, ratio } from './measured'
import type { RecordingCost } from './recording'

/** What a run is judged by. */
type Found = {
  readonly measured: readonly Measured[]
  readonly recording: readonly RecordingCost[]
}

/** What must hold. */
type Target = {
  readonly name: string
  readonly of: (found: Found) => number
  readonly met: (value: number) => boolean
}

/** How many per cent of a call recording it takes. */
const recordingShare = ({ recording }: Found, leg: Leg): number =>
  recording.find((one) => one.leg === leg)?.share ?? Number.NaN

/** All that a run is judged by. */
export const targets: readonly Target[] = [
  ...legs.slice(0, 2).flatMap((leg) => [
    {
      name: `${leg}: at least 1.0 of mcp-handler`,
      of: ({ measured }: Found) => ratio(measured, leg, 'portico', 'mcp-handler'),
      met: (value: number) => value >= 1,
    },
    {
      name: `${leg}: recording costs under 5 %`,
      of: (found: Found) => recordingShare(found, leg),
      met: (value: number) => value < 5,
    },
  ]),
  {
    name: 'refresh: at least 2.0 of Better Auth',
    of: ({ measured }) => ratio(measured, 'refresh', 'portico', 'better-auth'),
    met: (value) => value >= 2,
  },
]
