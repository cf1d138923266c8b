import { renameSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { withDatabase } from '../support/database/portico-database'
import { startPostgres } from '../support/database/postgres.mjs'
import { type LoadAnswer, startLoad } from '../support/load/mixed-load'
import { isRefused, printedOf } from '../support/load/outage'
import { askHealth } from '../support/server/health'
import { startPortico } from '../support/server/portico'
import type { Portico, StartFailure } from '../support/server/portico-process'
import { mountSmallDisk, type SmallDisk } from '../support/server/small-disk'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** A disk that fills up while a server runs, and one that is full when it starts. */

const isEmbedded = !process.env.TEST_DATABASE_URL
const perSecond = 10

const canMount = (() => {
  const disk = mountSmallDisk(1)
  disk?.unmount()
  return disk !== null
})()

let disk: SmallDisk
let portico: Portico | undefined
/** ends what a test started, the last first */
const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function newDisk(megabytes: number): void {
  const mounted = mountSmallDisk(megabytes)
  if (!mounted) throw new Error('nothing may be mounted here')
  disk = mounted
  ends.push(() => disk.unmount())
}

async function start(options: Parameters<typeof startPortico>[0]): Promise<Portico> {
  portico = await startPortico(options)
  ends.push(() => portico?.kill())
  return portico
}

/** A PostgreSQL whose files are on the small disk. */
async function postgresOnDisk(): Promise<string> {
  vi.stubEnv('TMPDIR', disk.directory)
  const started = await startPostgres({ isDurable: true })
  vi.unstubAllEnvs()
  if ('missing' in started) throw new Error(started.missing)
  ends.push(() => started.stop())
  return started.url
}

/** Fills the disk under load, and gives the room back. @returns what was answered and printed from then on */
async function fillUnderLoad(to: Portico): Promise<{ answers: LoadAnswer[]; printed: string }> {
  const load = await startLoad(to.origin, perSecond)
  const before = to.output().length
  const since = Date.now()
  const printed = () => to.output().slice(before)
  disk.fill()
  await expect.poll(printed, { timeout: 60_000 }).toContain('database: away (')
  // whoever looks after it must not take it for well
  expect((await askHealth(to.origin, '/readyz')).status).toBe(503)
  await sleep(3000)
  disk.drain()
  await expect.poll(printed, { timeout: 60_000 }).toContain('database: back after ')
  await sleep(2000)
  await load.stop()
  return { answers: load.answers.filter(({ at }) => at >= since), printed: printed() }
}

function expectGoodManners({ answers, printed }: Awaited<ReturnType<typeof fillUnderLoad>>): void {
  const refused = answers.filter(({ status }) => isRefused(status))
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.filter(({ status, retryAfter }) => status !== 503 || !retryAfter)).toEqual([])
  // no client is told that its tokens are no good any more
  const refreshes = answers.filter(({ kind }) => kind === 'refresh')
  for (const { status, text } of refreshes.filter((one) => one.status !== 200)) {
    expect([status, JSON.parse(text).error]).toEqual([503, 'temporarily_unavailable'])
  }
  expect(refreshes.at(-1)?.status).toBe(200)
  expect(printedOf(printed)).toEqual({
    ofDatabase: [
      expect.stringMatching(/^database: away \(.*No space left on device/),
      expect.stringMatching(/^database: back after [\d.]+ s; \d+ events that waited were written$/),
    ],
    others: [],
  })
}

describe.skipIf(!canMount || !isEmbedded)('the embedded database', () => {
  test('on a disk that fills up: 503 meanwhile, and no call that was answered is lost', async () => {
    newDisk(120)
    const dataDir = path.join(disk.directory, 'data')
    const server = await start({ dataDir, isFirst: true })
    const outage = await fillUnderLoad(server)
    expectGoodManners(outage)
    await server.stop()
    const calls = outage.answers.filter(
      ({ kind, status }) => kind === 'tool call' && status === 200,
    )
    const [row] = await withDatabase(dataDir, (query) =>
      query(
        `select count(distinct "requestId")::int as calls from "Event" where name = 'mcp.called'`,
      ),
    )
    expect(row?.calls).toBeGreaterThanOrEqual(calls.length)
  })

  test('on a disk that is full: the start says so, whether there is a database or not', async () => {
    newDisk(80)
    const dataDir = path.join(disk.directory, 'data')
    const refusal = () =>
      startPortico({ dataDir, isFirst: true }).then(
        () => 'it started',
        (error: StartFailure) => error.output,
      )
    disk.fill()
    expect(await refusal()).toMatch(/cannot start: .*its disk is full/)
    disk.drain()
    const server = await start({ dataDir, isFirst: true })
    await server.stop()
    disk.fill()
    const told = await refusal()
    expect(told).toMatch(/cannot start: .*its disk is full.*Nothing is lost/)
    expect(told).not.toMatch(/\n\s+at /)
    disk.drain()
    await (await start({ dataDir })).stop()
  })

  test('on a disk that can only be read: the start says so, whether there is a database or not', async () => {
    newDisk(80)
    const at = (name: string) => path.join(disk.directory, name)
    await (await start({ dataDir: at('data'), isFirst: true })).stop()
    disk.close()
    for (const name of ['data', 'new']) {
      const told = await startPortico({ dataDir: at(name), isFirst: true }).then(
        () => 'it started',
        (error: StartFailure) => error.output,
      )
      expect(told).toMatch(/cannot start: .*it can only be read \(/)
      expect(told).not.toMatch(/another process|\n\s+at /)
    }
  })

  test('whose files are gone: 503 meanwhile, and all as before when they are back', async () => {
    newDisk(120)
    const dataDir = path.join(disk.directory, 'data')
    const server = await start({ dataDir, isFirst: true })
    const load = await startLoad(server.origin, perSecond)
    const before = server.output().length
    const printed = () => server.output().slice(before)
    renameSync(dataDir, `${dataDir}.away`)
    await expect.poll(printed, { timeout: 60_000 }).toContain('database: away (')
    expect(await askHealth(server.origin, '/readyz')).toMatchObject({ status: 503 })
    await sleep(2000)
    renameSync(`${dataDir}.away`, dataDir)
    await expect.poll(printed, { timeout: 60_000 }).toContain('database: back after ')
    await sleep(2000)
    await load.stop()
    const refused = load.answers.filter(({ status }) => isRefused(status))
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.filter(({ status, retryAfter }) => status !== 503 || !retryAfter)).toEqual([])
    const { ofDatabase, others } = printedOf(printed())
    expect([ofDatabase.length, others]).toEqual([2, []])
    expect(ofDatabase[0]).toContain('is gone')
    expect(load.answers.at(-1)?.status).toBeLessThan(400)
  })
})

describe.skipIf(!canMount || isEmbedded)('PostgreSQL', () => {
  test('on a disk that fills up: 503 meanwhile, and all as before when there is room', async () => {
    newDisk(400)
    const url = await postgresOnDisk()
    expectGoodManners(await fillUnderLoad(await start({ env: { DATABASE_URL: url } })))
  })
})
