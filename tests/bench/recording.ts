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
const warmUpSeconds = 6

/** One side's turn. @returns how many requests it answered */
async function turn({ running, shots }: Side, leg: Leg, seconds: number): Promise<number> {
  const shot = shots[leg]
  if (!shot) throw new Error(`${running.title} has no ${leg}`)
  const { perSecond } = await load(running.port, shot, seconds)
  return perSecond * seconds
}

/** Milliseconds that the two sides of a pair have computed, and the requests that they answered. */
type Spent = { readonly milliseconds: [number, number]; readonly requests: [number, number] }

const nothing = (): Spent => ({ milliseconds: [0, 0], requests: [0, 0] })

async function measure(
  sides: readonly [Side, Side],
  leg: Leg,
  { turns, seconds }: Turns,
  { milliseconds, requests }: Spent,
): Promise<void> {
  for (const side of sides) await turn(side, leg, warmUpSeconds)
  const before = sides.map(({ running }) => processorTime(running.pid))
  for (let taken = 0; taken < turns; taken += 1) {
    for (const which of taken % 2 ? ([0, 1] as const) : ([1, 0] as const)) {
      requests[which] += await turn(sides[which], leg, seconds)
    }
  }
  for (const which of [0, 1] as const) {
    milliseconds[which] += processorTime(sides[which].running.pid) - (before[which] ?? 0)
  }
}

/** How often each side has its turn with each pair, and for how long. */
type Turns = { readonly pairs: number; readonly turns: number; readonly seconds: number }

/**
 * What recording costs is less than the machine's speed changes by within some seconds, and less than
 * one process of the same program differs from another by for as long as it lives. So several pairs of
 * new processes are measured; the two of a pair take turns, each is first as often as the other, and
 * what counts is all the processor time that each took, over its turns and between them.
 *
 * @param withPair starts a pair, the one that records first, and ends it after the work
 */
export async function recordingCosts(
  withPair: (work: (sides: readonly [Side, Side]) => Promise<void>) => Promise<void>,
  plan: Turns,
): Promise<RecordingCost[]> {
  const spent = legs.slice(0, 2).map((leg) => ({ leg, ...nothing() }))
  for (let pair = 0; pair < plan.pairs; pair += 1) {
    await withPair(async (sides) => {
      for (const one of spent) await measure(sides, one.leg, plan, one)
    })
  }
  return spent.map(({ leg, milliseconds: [on, off], requests: [recorded, unrecorded] }) => ({
    leg,
    recorded: (1000 * on) / recorded,
    unrecorded: (1000 * off) / unrecorded,
  }))
}
