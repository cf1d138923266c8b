import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectAs } from '../support/claude'
import { hostedClaude } from '../support/claude-clients'
import { type GivenDatabase, givenDatabase } from '../support/given-database'
import { newBrowser, signIn } from '../support/operator'
import { answer } from '../support/operator-consent'
import { untilHandshakes } from '../support/operator-handshakes'
import { openLiveLog } from '../support/operator-stream'
import { type Pooler, startPooler } from '../support/pgbouncer'
import { startPortico } from '../support/portico'
import type { Portico } from '../support/portico-process'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/**
 * Databases as their operators have set them: another time zone, level of isolation, search path,
 * collation. Nothing of ours depends on it, neither directly nor through a pooler in transaction mode.
 */

const minuteMs = 60_000
const env = { PORTICO_PROXY_HOPS: '1' }

let pooler: Pooler
const given: GivenDatabase[] = []
const running: Portico[] = []

async function database(options = ''): Promise<GivenDatabase> {
  const made = await givenDatabase(options)
  given.push(made)
  return made
}

async function start(url: string, more: Readonly<Record<string, string>> = {}): Promise<Portico> {
  const portico = await startPortico({ env: { ...env, DATABASE_URL: url, ...more } })
  running.push(portico)
  return portico
}

/** Connects hosted Claude, and compares what the dashboard tells of it with the clock here. */
async function expectConnection({ origin }: Portico): Promise<void> {
  const began = Date.now()
  const stranger = newBrowser(origin)
  await connectAs(hostedClaude, `${origin}/mcp`, (url) => answer(stranger, url, 'allow'))
  const operator = await signIn(origin)
  const [row, ...others] = await untilHandshakes(
    operator,
    ([first]) => first?.verdict.kind === 'connected',
  )
  expect(others).toEqual([])
  const log = await openLiveLog(operator, {}, '0')
  await log.until((rows) => rows.some(({ row: { name } }) => name === 'mcp.listed'))
  await log.close()
  const times = [row?.startedAt, row?.lastAt, ...log.rows.map((one) => one.row.at)].map((at) =>
    Date.parse(String(at)),
  )
  expect(Math.min(...times)).toBeGreaterThan(began - minuteMs)
  expect(Math.max(...times)).toBeLessThan(Date.now() + minuteMs)
}

/** What a start that is refused says. */
const refusal = async (url: string, more: Readonly<Record<string, string>> = {}): Promise<string> =>
  start(url, more).then(
    () => 'it started',
    (error) => String(error.output ?? error),
  )

describe.skipIf(!process.env.TEST_DATABASE_URL)('a database that is set otherwise', () => {
  beforeAll(async () => {
    pooler = await startPooler(process.env.TEST_DATABASE_URL ?? '')
  })
  afterAll(async () => {
    await Promise.all(running.map((portico) => portico.stop()))
    await pooler?.stop()
    for (const one of given) await one.drop()
  })

  test.each([
    ['Europe/Berlin', 'direct'],
    ['America/New_York', 'direct'],
    ['Asia/Kolkata', 'direct'],
    ['Europe/Berlin', 'pooled'],
    ['America/New_York', 'pooled'],
    ['Asia/Kolkata', 'pooled'],
  ])(
    'in the time zone %s, %s: the handshake is there, and its times are right',
    async (zone, way) => {
      const { name, url, run } = await database()
      await run(`alter database ${name} set timezone = '${zone}'`)
      await run(`alter database ${name} set datestyle = 'SQL, DMY'`)
      const portico = await start(way === 'pooled' ? pooler.through(url) : url)
      await expectConnection(portico)
      const [row] = await run(
        `select extract(epoch from max("createdAt") - now())::int as grant_age,
         (select extract(epoch from max("startedAt") - now())::int from "Handshake") as age,
         (select extract(epoch from max("expiresAt") - now())::int from "AccessToken") as left
       from "Grant"`,
      )
      // what is stored is right for whoever asks in SQL, too
      expect(Math.abs(Number(row?.grant_age))).toBeLessThan(60)
      expect(Math.abs(Number(row?.age))).toBeLessThan(60)
      expect(Math.abs(Number(row?.left) - 3600)).toBeLessThan(60)
      await portico.stop()
    },
  )
})
