import { legs } from './legs'
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

/** By how many per cent recording makes a call slower, over both eras: it is the same work in each. */
function slowdown({ recording }: Found): number {
  const sum = (of: (cost: RecordingCost) => number) =>
    recording.reduce((total, cost) => total + of(cost), 0)
  return 100 * (1 - sum(({ unrecorded }) => unrecorded) / sum(({ recorded }) => recorded))
}

/** All that a run is judged by. */
export const targets: readonly Target[] = [
  ...legs.slice(0, 2).map((leg) => ({
    name: `${leg}: at least 1.0 of mcp-handler`,
    of: ({ measured }: Found) => ratio(measured, leg, 'portico', 'mcp-handler'),
    met: (value: number) => value >= 1,
  })),
  { name: 'tools/call: recording costs under 5 %', of: slowdown, met: (value) => value < 5 },
  {
    name: 'refresh: at least 2.0 of Better Auth',
    of: ({ measured }) => ratio(measured, 'refresh', 'portico', 'better-auth'),
    met: (value) => value >= 2,
  },
]
