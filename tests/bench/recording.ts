import { setTimeout as sleep } from 'node:timers/promises'
import { type Leg, legs } from './legs'
import { loadInTurns } from './load'
import { processorTime } from './running'
import { checkRecord, flip, type Switched } from './switched'

/** What a call costs a server, in microseconds of its core, with recording and without. */
type Cost = { readonly recorded: number; readonly unrecorded: number }

/** What recording costs on one leg. */
export type RecordingCost = Cost & {
  readonly leg: Leg
  /** per cent of a call that is recorded */
  readonly share: number
  /** standard error of the share */
  readonly error: number
  /** the share by each exchange of roles */
  readonly exchanges: readonly number[]
}

/** How it is measured: `seconds` is how long the two are under load before they exchange roles. */
type Plan = {
  readonly pairs: number
  /** for each pair and leg; one more warms them up */
  readonly exchanges: number
  readonly seconds: number
  readonly turnMs: number
}

/**
 * How long a collection is waited for before a load, and the last events after it. They are joined
 * to handshakes later still, in a time that does not show: a thousandth of what a load takes.
 */
const pauseMs = { before: 400, after: 400 }

/** One load of both, of which one records. */
async function measure(sides: readonly [Switched, Switched], leg: Leg, plan: Plan): Promise<Cost> {
  await sleep(pauseMs.before)
  const before = sides.map(({ running }) => processorTime(running.pid))
  const targets = [sides[0].target(leg), sides[1].target(leg)] as const
  const answered = await loadInTurns(targets, plan.seconds, plan.turnMs)
  await sleep(pauseMs.after)
  const cost = { recorded: Number.NaN, unrecorded: Number.NaN }
  for (const [index, side] of sides.entries()) {
    const calls = answered[index] ?? 0
    const took = processorTime(side.running.pid) - (before[index] ?? 0)
    cost[side.isRecording ? 'recorded' : 'unrecorded'] = (1000 * took) / calls
    if (side.isRecording) {
      side.answered += calls
      side.loads += 1
    }
  }
  return cost
}

/** Both loads of an exchange of roles; afterwards the roles are as before. */
async function exchange(sides: readonly [Switched, Switched], leg: Leg, plan: Plan) {
  const costs: Cost[] = []
  for (let half = 0; half < 2; half += 1) {
    costs.push(await measure(sides, leg, plan))
    for (const side of sides) flip(side)
  }
  return costs
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Each server has recorded once: what else they differ in goes out of the geometric mean. */
const shareOf = (costs: readonly Cost[]): number =>
  100 *
  (1 - Math.exp(mean(costs.map(({ recorded, unrecorded }) => Math.log(unrecorded / recorded)))))

function summary(leg: Leg, exchanges: readonly (readonly Cost[])[]): RecordingCost {
  const shares = exchanges.map(shareOf)
  const share = mean(shares)
  const variance = shares.reduce((sum, one) => sum + (one - share) ** 2, 0) / (shares.length - 1)
  const all = exchanges.flat()
  return {
    ...{ leg, share, error: Math.sqrt(variance / shares.length), exchanges: shares },
    recorded: mean(all.map(({ recorded }) => recorded)),
    unrecorded: mean(all.map(({ unrecorded }) => unrecorded)),
  }
}

/**
 * What recording costs is less than a shared machine's memory gets slower and faster by from one
 * second to the next, and less than one process of a program differs from another for as long as it
 * lives. So two servers take turns of a fraction of a second, of which one records; then the other
 * does. What counts is the processor time of each, whenever it took it.
 *
 * @param withPair starts two that record, and ends them after the work
 */
export async function recordingCosts(
  withPair: (work: (sides: readonly [Switched, Switched]) => Promise<void>) => Promise<void>,
  plan: Plan,
): Promise<RecordingCost[]> {
  const eras = legs.slice(0, 2).map((leg) => ({ leg, exchanges: [] as Cost[][] }))
  for (let pair = 0; pair < plan.pairs; pair += 1) {
    await withPair(async (sides) => {
      flip(sides[1])
      for (const { leg, exchanges } of pair % 2 === 0 ? eras : eras.toReversed()) {
        await exchange(sides, leg, plan)
        for (let turn = 0; turn < plan.exchanges; turn += 1) {
          exchanges.push(await exchange(sides, leg, plan))
        }
      }
      for (const side of sides) await checkRecord(side)
    })
  }
  return eras.map(({ leg, exchanges }) => summary(leg, exchanges))
}
