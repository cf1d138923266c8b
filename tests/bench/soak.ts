import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { startPostgres } from '../support/database/postgres.mjs'
import { porticoOn, porticoShots } from './contestants'
import { crowdFor } from './crowd'
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
/** By then everything was asked for once, and what is kept of it is there. */
const warmAfterSeconds = 60
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

/** MiB that a process holds: collected twice, since what is finalized is freed by the second. */
async function held(pid: number): Promise<number> {
  for (let time = 0; time < 2; time += 1) {
    process.kill(pid, 'SIGUSR2')
    await sleep(1500)
  }
  return residentMemory(pid)
}

/** Prints how it goes. @returns what the process held once it was warm, in MiB; `null` in a shorter run */
async function watch(pid: number, streams: Streams, tally: Tally): Promise<number | null> {
  let early: number | null = null
  for (let at = everySeconds; at <= plan.seconds; at += everySeconds) {
    await sleep(everySeconds * 1000)
    const resident = residentMemory(pid)
    const slowest = Math.max(0, ...tally.waits.splice(0))
    console.log(
      `${String(at).padStart(4)} s  ${resident.toFixed(0)} MiB  ${streams.open()} streams  ${tally.answered} calls, ${tally.failed} failed, slowest ${slowest.toFixed(0)} ms`,
    )
    if (at === warmAfterSeconds) early = await held(pid)
  }
  return early
}

/** Whether a process holds no more at the end than once it was warm. */
function isFlat(early: number | null, late: number): boolean {
  if (early === null || plan.seconds < 5 * 60) {
    console.log('memory: not judged in less than five minutes')
    return true
  }
  console.log(`memory: ${early.toFixed(0)} MiB held after a minute, ${late.toFixed(0)} at the end`)
  return late <= early * growth
}

async function soak(databaseUrl: string): Promise<boolean> {
  const own = await createDatabase(databaseUrl, 'soak')
  const entry = porticoOn(own)
  const collects = ['--expose-gc', '--import', path.join(import.meta.dirname, 'collect.mjs')]
  const running = await start({ ...entry, args: [...collects, ...entry.args] })
  const origin = `http://localhost:${running.port}`
  const { accessToken } = await prepare(origin, 0)
  const tokens = await crowdFor(origin, own, plan.streams)
  const streams = await openStreams(`${origin}/mcp`, tokens, plan.streams)
  const shots = porticoShots(accessToken)
  const calls = legs.slice(0, 2).flatMap((leg) => shots[leg] ?? [])
  const tally: Tally = { answered: 0, failed: 0, waits: [] }
  const stopCalling = keepCalling(running.port, calls, tally)
  const early = await watch(running.pid, streams, tally)
  const late = await held(running.pid)
  await stopCalling()
  streams.letGo()
  const stoppedMs = await running.stop()
  console.log(`stopped in ${stoppedMs.toFixed(0)} ms; ${streams.broken()} streams broke off`)
  const isClean = tally.failed === 0 && streams.broken() === 0 && tally.answered > 0
  return isFlat(early, late) && isClean && stoppedMs < stopsWithinMs
}

stayOnLoadCore()
openWorkshop()
await buildIfNeeded()
const postgres = await startPostgres()
if ('missing' in postgres) throw new Error(postgres.missing)
const passed = await soak(postgres.url).finally(postgres.stop)
console.log(passed ? 'passed' : 'FAILED')
process.exit(passed ? 0 : 1)
