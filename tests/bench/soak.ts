import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { startPostgres } from '../support/postgres.mjs'
import { portico, porticoShots } from './contestants'
import { createDatabase } from './databases'
import { prepare } from './handshakes'
import { legs } from './legs'
import { check, type Shot } from './load'
import { residentMemory, start, stayOnLoadCore } from './running'
import { openStreams, type Streams } from './streams'
import { openWorkshop } from './workshop'

/**
 * `npm run soak`: open streams and a steady trickle of calls on a production start with PostgreSQL.
 * No error, memory that does not grow, and an end in time; exit status 1 where one of them fails.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    streams: { type: 'string', default: '1000' },
    calls: { type: 'string', default: '50' },
  },
})
const plan = {
  seconds: Number(values.minutes) * 60,
  streams: Number(values.streams),
  callsPerSecond: Number(values.calls),
}
const everySeconds = 10
/** What may be left more at the end than at the beginning. */
const growth = 1.1
const stopsWithinMs = 2000

type Tally = { answered: number; failed: number; waits: number[] }

async function call(port: number, shot: Shot, tally: Tally): Promise<void> {
  const since = performance.now()
  try {
    await check(port, shot)
    tally.answered += 1
    tally.waits.push(performance.now() - since)
  } catch (error) {
    tally.failed += 1
    console.error((error as Error).message)
  }
}

/** Calls at a steady rate, whether or not the calls before were answered, and makes up for late turns. */
function keepCalling(port: number, shots: readonly Shot[], tally: Tally): () => Promise<void> {
  const running = new Set<Promise<void>>()
  const since = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = ((performance.now() - since) / 1000) * plan.callsPerSecond
    for (; sent < due; sent += 1) {
      const shot = shots[sent % shots.length] as Shot
      const one: Promise<void> = call(port, shot, tally).finally(() => running.delete(one))
      running.add(one)
    }
  }, 1000 / plan.callsPerSecond)
  return async () => {
    clearInterval(timer)
    await Promise.all(running)
  }
}

/** Prints how it goes. @returns resident memory in MiB, every ten seconds */
async function watch(pid: number, streams: Streams, tally: Tally): Promise<number[]> {
  const memory: number[] = []
  for (let at = everySeconds; at <= plan.seconds; at += everySeconds) {
    await sleep(everySeconds * 1000)
    const resident = residentMemory(pid)
    memory.push(resident)
    const slowest = Math.max(0, ...tally.waits.splice(0))
    console.log(
      `${String(at).padStart(4)} s  ${resident.toFixed(0)} MiB  ${streams.open()} streams  ${tally.answered} calls, ${tally.failed} failed, slowest ${slowest.toFixed(0)} ms`,
    )
  }
  return memory
}

/**
 * What the collector leaves, at the end against the beginning. It runs every minute or two, and in
 * between memory only grows; the first minute is for warming up.
 */
function isFlat(memory: readonly number[]): boolean {
  const minute = 60 / everySeconds
  if (memory.length < 5 * minute) {
    console.log('memory: not judged in less than five minutes')
    return true
  }
  const early = Math.min(...memory.slice(minute, 3 * minute))
  const late = Math.min(...memory.slice(-2 * minute))
  console.log(`memory: at least ${early.toFixed(0)} MiB early, ${late.toFixed(0)} at the end`)
  return late <= early * growth
}

async function soak(databaseUrl: string): Promise<boolean> {
  const running = await start(portico('soak', 'Portico', await createDatabase(databaseUrl, 'soak')))
  const origin = `http://localhost:${running.port}`
  const { accessToken } = await prepare(origin, 0)
  const streams = await openStreams(`${origin}/mcp`, accessToken, plan.streams)
  const shots = porticoShots(accessToken)
  const calls = legs.slice(0, 2).flatMap((leg) => shots[leg] ?? [])
  const tally: Tally = { answered: 0, failed: 0, waits: [] }
  const stopCalling = keepCalling(running.port, calls, tally)
  const memory = await watch(running.pid, streams, tally)
  await stopCalling()
  streams.letGo()
  const stoppedMs = await running.stop()
  console.log(`stopped in ${stoppedMs.toFixed(0)} ms; ${streams.broken()} streams broke off`)
  const isClean = tally.failed === 0 && streams.broken() === 0 && tally.answered > 0
  return isFlat(memory) && isClean && stoppedMs < stopsWithinMs
}

stayOnLoadCore()
openWorkshop()
await buildIfNeeded()
const postgres = await startPostgres()
if ('missing' in postgres) throw new Error(postgres.missing)
const passed = await soak(postgres.url).finally(postgres.stop)
console.log(passed ? 'passed' : 'FAILED')
process.exit(passed ? 0 : 1)
