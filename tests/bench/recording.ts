import { setTimeout as sleep } from 'node:timers/promises'
import { type Leg, legs } from './legs'
import { load, loadInTurns, type Shot } from './load'
import { processorTime, type Running } from './running'

/** What a call costs the server, in microseconds of its core, with recording and without. */
export type Cost = { readonly recorded: number; readonly unrecorded: number }

/** The cost of all calls of a leg, and of those of each pair. */
export type RecordingCost = Cost & { readonly leg: Leg; readonly pairs: readonly Cost[] }

/** Who is compared: the same server twice. */
export type Side = { readonly running: Running; readonly shots: Partial<Record<Leg, Shot>> }

/** For how long a process is warmed up before what it costs counts, in seconds: anew, and once warm. */
const warmUpSeconds = { anew: 6, warm: 3 }
/** How long the last events are waited for, which are part of what recording costs. */
const settlesMs = 500

/** Milliseconds that the two sides of a pair have computed, and the requests that they answered. */
type Spent = { readonly milliseconds: [number, number]; readonly requests: [number, number] }

const costOf = ({ milliseconds: [on, off], requests: [recorded, unrecorded] }: Spent): Cost => ({
  recorded: (1000 * on) / recorded,
  unrecorded: (1000 * off) / unrecorded,
})

const sum = (pairs: readonly Spent[], member: keyof Spent): [number, number] => [
  pairs.reduce((total, pair) => total + pair[member][0], 0),
  pairs.reduce((total, pair) => total + pair[member][1], 0),
]

function targetOf({ running, shots }: Side, leg: Leg) {
  const shot = shots[leg]
  if (!shot) throw new Error(`${running.title} has no ${leg}`)
  return { port: running.port, shot }
}

/** @param sides in the order of their turns */
async function measure(
  sides: readonly [Side, Side],
  leg: Leg,
  warmUp: number,
  { seconds, turnMs }: Turns,
): Promise<Spent> {
  const targets = [targetOf(sides[0], leg), targetOf(sides[1], leg)] as const
  for (const { port, shot } of targets) await load(port, shot, warmUp)
  const before = sides.map(({ running }) => processorTime(running.pid))
  const requests = await loadInTurns(targets, seconds, turnMs)
  await sleep(settlesMs)
  const took = sides.map(({ running }, side) => processorTime(running.pid) - (before[side] ?? 0))
  return { milliseconds: [took[0] ?? 0, took[1] ?? 0], requests }
}

const reversed = ({ milliseconds: [ms, otherMs], requests: [answered, others] }: Spent): Spent => ({
  milliseconds: [otherMs, ms],
  requests: [others, answered],
})

/** How many pairs are measured, for how long in each era, and in turns of which length. */
type Turns = { readonly pairs: number; readonly seconds: number; readonly turnMs: number }

/**
 * What recording costs is less than a shared machine's memory gets slower and faster by from one
 * second to the next. So the two of a pair take turns of a fraction of a second, and what counts is the
 * processor time that each process took, whenever it did. One process of a program differs from
 * another for as long as it lives, and the one that was started first costs some per cent more: there
 * are several pairs of new ones, in which each side and each era is first in turn.
 *
 * @param withPair starts a pair in the order of its turns, and ends it after the work
 */
export async function recordingCosts(
  withPair: (
    isRecorderFirst: boolean,
    work: (sides: readonly [Side, Side]) => Promise<void>,
  ) => Promise<void>,
  plan: Turns,
): Promise<RecordingCost[]> {
  const eras = legs.slice(0, 2).map((leg) => ({ leg, pairs: [] as Spent[] }))
  for (let pair = 0; pair < plan.pairs; pair += 1) {
    const isRecorderFirst = pair % 2 === 0
    await withPair(isRecorderFirst, async (sides) => {
      let warmUp: number = warmUpSeconds.anew
      for (const { leg, pairs } of pair % 4 < 2 ? eras : eras.toReversed()) {
        const spent = await measure(sides, leg, warmUp, plan)
        pairs.push(isRecorderFirst ? spent : reversed(spent))
        warmUp = warmUpSeconds.warm
      }
    })
  }
  return eras.map(({ leg, pairs }) => {
    const all = { milliseconds: sum(pairs, 'milliseconds'), requests: sum(pairs, 'requests') }
    return { leg, ...costOf(all), pairs: pairs.map(costOf) }
  })
}
