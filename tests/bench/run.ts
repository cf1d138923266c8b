import { setTimeout as sleep } from 'node:timers/promises'
import { buildIfNeeded } from '@/lib/cli/build.mjs'
import { startPostgres } from '../support/database/postgres.mjs'
import { type Entry, peers, porticoOn, porticoShots } from './contestants'
import { createDatabase } from './databases'
import { manyHandshakes, prepare } from './handshakes'
import { type Leg, legs } from './legs'
import { check, load, type Rotation } from './load'
import type { Measured } from './measured'
import { type RecordingCost, recordingCosts } from './recording'
import { writeReport } from './report'
import { processorTime, type Running, residentMemory, start, stayOnLoadCore } from './running'
import { startSwitched } from './switched'
import { openWorkshop } from './workshop'

/**
 * `npm run bench`: Portico and its peers under the same load in one interleaved run, so that their
 * ratios hold although the machine's speed changes. Everybody serves from one core; the load and
 * PostgreSQL have the other. With these numbers it takes about nine minutes, of which one is for the
 * peers to be installed the first time.
 */
const plan = {
  rounds: 3,
  warmUpSeconds: 2,
  seconds: 2,
  recording: { pairs: 2, exchanges: 4, seconds: 5, turnMs: 100 },
  coldStarts: 3,
  handshakes: 200,
}
/** To see whether everything runs; its numbers mean nothing. */
const isQuick = process.argv.includes('--quick')
if (isQuick) {
  Object.assign(plan, {
    rounds: 1,
    warmUpSeconds: 1,
    seconds: 2,
    recording: { pairs: 1, exchanges: 2, seconds: 2, turnMs: 100 },
    coldStarts: 1,
    handshakes: 20,
  })
}
/** Each load cuts off the refreshes under way at its end, and their connections with them. */
const refreshTokens = 160

type Competing = Entry & { readonly running: Running; readonly rotation: Rotation | null }

async function seeded({ seed }: Entry, { port }: Running): Promise<Rotation | null> {
  if (!seed) return null
  const answer = await fetch(`http://127.0.0.1:${port}${seed.path}`)
  return { prefix: seed.prefix, tokens: (await answer.json()) as string[] }
}

async function enter(entry: Entry): Promise<Competing> {
  const running = await start(entry)
  if (entry.id !== 'portico') return { ...entry, running, rotation: await seeded(entry, running) }
  const origin = `http://localhost:${running.port}`
  const { accessToken, rotation } = await prepare(origin, refreshTokens)
  return { ...entry, shots: porticoShots(accessToken), running, rotation }
}

async function measure(
  { running, shots, rotation, id, title }: Competing,
  leg: Leg,
  round: number,
) {
  const shot = shots[leg]
  if (!shot) return []
  const turning = leg === 'refresh' ? rotation : null
  if (!turning) await check(running.port, shot)
  if (round === 1) await load(running.port, shot, plan.warmUpSeconds, turning)
  const before = processorTime(running.pid)
  const seen = await load(running.port, shot, plan.seconds, turning)
  const spent = processorTime(running.pid) - before
  if (!turning) await check(running.port, shot)
  const cpu = (spent * 1000) / (seen.perSecond * plan.seconds)
  return [{ id, title, leg, round, cpu, ...seen }]
}

async function coldStarts(entries: readonly Entry[]): Promise<Map<string, number[]>> {
  const times = new Map(entries.map(({ id }) => [id, [] as number[]]))
  for (let turn = 0; turn < plan.coldStarts; turn += 1) {
    for (const entry of entries) {
      const running = await start(entry)
      times.get(entry.id)?.push(running.coldMs)
      await running.stop()
    }
  }
  return times
}

async function compete(competing: readonly Competing[]): Promise<Measured[]> {
  const measured: Measured[] = []
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const leg of legs) {
      for (const one of competing) measured.push(...(await measure(one, leg, round)))
    }
    console.log(`round ${round} of ${plan.rounds} is over`)
  }
  return measured
}

/** @param server of PostgreSQL */
function recording(server: string): Promise<RecordingCost[]> {
  let started = 0
  return recordingCosts(async (work) => {
    const sides = [
      await startSwitched(server, `recording-${++started}`),
      await startSwitched(server, `recording-${++started}`),
    ] as const
    await work(sides)
    for (const { running } of sides) await running.stop()
  }, plan.recording)
}

const memory = (competing: readonly Competing[]) =>
  new Map(competing.map(({ id, running }) => [id, residentMemory(running.pid)]))

async function bench(databaseUrl: string): Promise<boolean> {
  const entries = [
    ...(await peers(databaseUrl)),
    porticoOn(await createDatabase(databaseUrl, 'portico')),
  ]
  const cold = await coldStarts(
    entries.filter(({ id }) => id === 'portico' || id === 'mcp-handler'),
  )
  const costs = await recording(databaseUrl)
  const competing: Competing[] = []
  for (const entry of entries) competing.push(await enter(entry))
  await sleep(1000)
  const idle = memory(competing)
  const origin = `http://localhost:${competing.find(({ id }) => id === 'portico')?.running.port}`
  const handshakes = await manyHandshakes(origin, plan.handshakes)
  const measured = await compete(competing)
  const loaded = memory(competing)
  for (const { running } of competing) await running.stop()
  return writeReport({ measured, recording: costs, cold, idle, loaded, handshakes, plan }, !isQuick)
}

// what was started is ended at the exit, which an unheard signal passes over
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
stayOnLoadCore()
openWorkshop()
await buildIfNeeded()
const postgres = await startPostgres({ isDurable: true })
if ('missing' in postgres) throw new Error(postgres.missing)
const met = await bench(postgres.url).finally(postgres.stop)
process.exit(met ? 0 : 1)
