import { type Leg, legs } from './legs'
import { load, type Shot } from './load'
import { processorTime, type Running } from './running'

/** What a call costs the server, in microseconds of its core, with recording and without. */
export type RecordingCost = {
  readonly leg: Leg
  readonly recorded: number
  readonly unrecorded: number
}

/** Who is compared: the same server twice. */
export type Side = { readonly running: Running; readonly shots: Partial<Record<Leg, Shot>> }

/** Until the compiler has seen what only recording runs, some times a second. */
const warmUpSeconds = 10

/** One side's turn. @returns how many requests it answered */
async function turn({ running, shots }: Side, leg: Leg, seconds: number): Promise<number> {
  const shot = shots[leg]
  if (!shot) throw new Error(`${running.title} has no ${leg}`)
  const { perSecond } = await load(running.port, shot, seconds)
  return perSecond * seconds
}

/**
 * What recording costs is less than the machine's speed changes by within some seconds, and part of
 * it falls due after the answers. So the two take turns, each is first as often as the other, and
 * what counts is all the processor time that each took, over its turns and between them.
 */
export async function recordingCosts(
  recorded: Side,
  unrecorded: Side,
  turns: number,
  seconds: number,
): Promise<RecordingCost[]> {
  const sides = [recorded, unrecorded]
  const costs: RecordingCost[] = []
  for (const leg of legs.slice(0, 2)) {
    for (const side of sides) await turn(side, leg, warmUpSeconds)
    const before = sides.map(({ running }) => processorTime(running.pid))
    const requests = [0, 0]
    for (let taken = 0; taken < turns; taken += 1) {
      for (const which of taken % 2 ? [0, 1] : [1, 0]) {
        requests[which] = (requests[which] ?? 0) + (await turn(sides[which] as Side, leg, seconds))
      }
    }
    const [on = 0, off = 0] = sides.map(
      ({ running }, which) =>
        (1000 * (processorTime(running.pid) - (before[which] ?? 0))) / (requests[which] ?? 0),
    )
    costs.push({ leg, recorded: on, unrecorded: off })
  }
  return costs
}
