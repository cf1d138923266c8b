import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ProbeAnswer } from '@/lib/diagnosis/facts'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import type { Scenario } from '../support/corpus-scenario'
import {
  corpusFolder,
  handshakesOf,
  judge,
  readStreams,
  resultsName,
  type StoredStream,
  storedEvent,
  wellAnswers,
  wellPath,
} from '../support/corpus-stream'
import { factsAt, startWorld, type World } from '../support/corpus-world'
import { cleanUp } from '../support/portico-process'
import { scenarios } from './scenarios/all'

/**
 * `npm run corpus`: records the streams of tests/handshake/corpus anew, by running the scripted
 * clients against a server with the fault of each scenario, and judges them.
 * `npm run corpus -- --judge` judges what is there.
 */

const write = (file: string, value: unknown): void =>
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`)

/** One member a line, and one event a line. */
function writeStream(stream: StoredStream): void {
  const members = Object.entries(stream).map(([name, value]) => {
    const lines = name === 'events' ? stream.events.map((event) => JSON.stringify(event)) : null
    return `${JSON.stringify(name)}: ${lines ? `[\n${lines.join(',\n')}\n]` : JSON.stringify(value)}`
  })
  const file = path.join(corpusFolder, `${stream.stream}.json`)
  writeFileSync(file, `{\n${members.join(',\n')}\n}\n`)
}

/** What makes an answer the one of a server that is well. */
const traits = ({ status, headers, body, error }: ProbeAnswer): string =>
  JSON.stringify([status, headers, body, error])

/** A scenario that was run: what is left is to read what was recorded of it. */
type Ran = {
  readonly scenario: Scenario
  readonly from: number
  readonly until: number
  readonly startedAt: number
  readonly probe: Awaited<ReturnType<World['look']>>
}

async function run(world: World, scenario: Scenario): Promise<Ran> {
  await scenario.before?.(world)
  // requests of the one before have ended, and their milliseconds are over
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

function streamOf(ran: Ran, all: readonly HandshakeEvent[]): StoredStream {
  const { scenario, from, until, probe, startedAt } = ran
  const well = wellAnswers()
  const log = all.filter(({ at }) => at <= until)
  const events = log.filter(({ at }) => at >= from)
  const usual = factsAt(log, from, startedAt, probe)
  const { probe: looked, ...facts } = scenario.facts?.(usual) ?? usual
  const isWell = (answer: ProbeAnswer) =>
    well.some((one) => one.target === answer.target && traits(one) === traits(answer))
  const stored = looked && {
    at: looked.at,
    origin: looked.origin,
    addresses: looked.addresses,
    unlike: looked.answers.filter((answer) => !isWell(answer)),
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

async function record(): Promise<void> {
  const world = await startWorld()
  const ran: Ran[] = []
  try {
    write(wellPath, (await world.look()).answers)
    for (const scenario of scenarios) {
      console.log(scenario.stream)
      ran.push(await run(world, scenario))
    }
    const all = await world.events(0, Number.POSITIVE_INFINITY)
    for (const one of ran) writeStream(streamOf(one, all))
  } finally {
    await world.close()
    await cleanUp()
  }
}

function judgeAll(): void {
  const streams = readStreams()
  const results = streams.map(judge)
  for (const [place, { stream, mode, findings }] of results.entries()) {
    const source = streams[place]
    const count = source ? handshakesOf(source).length : 0
    const isRight = mode === null ? findings.length === 0 : findings[0] === mode
    const shape = source && count !== source.handshakes ? ` (${count} handshakes)` : ''
    if (!isRight || shape) console.log(`${stream}: ${findings.join(', ') || 'nothing'}${shape}`)
  }
  write(path.join(corpusFolder, resultsName), results)
  console.log(`${streams.length} streams judged`)
}

if (process.argv[2] !== '--judge') {
  mkdirSync(corpusFolder, { recursive: true })
  for (const file of readdirSync(corpusFolder)) rmSync(path.join(corpusFolder, file))
  await record()
}
judgeAll()
