import type { ProbeAnswer } from '@/lib/diagnosis/facts'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import type { Scenario } from './corpus-scenario'
import { healthyAnswers, type StoredStream, storedEvent } from './corpus-stream'
import { factsAt, type World } from './corpus-world'

/** How to recognise a healthy server's answer. */
const traits = ({ status, headers, body, error }: ProbeAnswer): string =>
  JSON.stringify([status, headers, body, error])

/** A scenario that was run; its recording is not read yet. */
export type ScenarioRun = {
  readonly scenario: Scenario
  readonly from: number
  readonly until: number
  readonly startedAt: number
  readonly probe: Awaited<ReturnType<World['look']>>
}

/** Runs a scenario; a client that gives up is expected. */
export async function runScenario(world: World, scenario: Scenario): Promise<ScenarioRun> {
  await scenario.before?.(world)
  // requests of the previous one have ended, in an earlier millisecond
  await world.later(2000)
  const from = world.now()
  world.proxy.fault = scenario.fault ?? {}
  await scenario.run(world).catch((error: Error) => {
    console.log(`  ${scenario.stream}: ${error.message.slice(0, 110)}`)
  })
  const until = world.now()
  const probe = await world.look()
  world.proxy.fault = {}
  return { scenario, from, until, startedAt: world.startedAt(), probe }
}

/** The recording of a scenario, given everything recorded so far. */
export function streamOf(ran: ScenarioRun, all: readonly HandshakeEvent[]): StoredStream {
  const { scenario, from, until, probe, startedAt } = ran
  const expected = healthyAnswers()
  const log = all.filter(({ at }) => at <= until)
  const events = log.filter(({ at }) => at >= from)
  const usual = factsAt(log, from, startedAt, probe)
  const { probe: looked, ...facts } = scenario.facts?.(usual) ?? usual
  const isHealthy = (answer: ProbeAnswer) =>
    expected.some((one) => one.target === answer.target && traits(one) === traits(answer))
  const stored = looked && {
    at: looked.at,
    origin: looked.origin,
    addresses: looked.addresses,
    unlike: looked.answers.filter((answer) => !isHealthy(answer)),
  }
  return {
    stream: scenario.stream,
    mode: scenario.mode,
    produced: scenario.produced ?? 'live',
    how: scenario.how,
    handshakes: scenario.handshakes ?? (events.length > 0 ? 1 : 0),
    judged: scenario.judged ?? 'first',
    known: scenario.known ?? null,
    now: (events.at(-1)?.at ?? from) + (scenario.after ?? 20_000),
    facts: { ...facts, probe: stored },
    events: events.map(storedEvent),
  }
}
