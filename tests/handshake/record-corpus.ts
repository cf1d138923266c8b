import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runScenario, type ScenarioRun, streamOf } from '../support/handshakes/corpus-recording'
import {
  corpusFolder,
  handshakesOf,
  healthyPath,
  judge,
  readStreams,
  resultsName,
  type StoredStream,
} from '../support/handshakes/corpus-stream'
import { startWorld } from '../support/handshakes/corpus-world'
import { cleanUp } from '../support/server/portico-process'
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

async function record(): Promise<void> {
  const world = await startWorld()
  const ran: ScenarioRun[] = []
  try {
    write(healthyPath, (await world.look()).answers)
    for (const scenario of scenarios) {
      console.log(scenario.stream)
      ran.push(await runScenario(world, scenario))
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
