import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { type GivenDatabase, givenDatabase } from '../support/database/given-database'
import { type Pooler, startPooler } from '../support/database/pgbouncer'
import { newBrowser, signIn } from '../support/people/operator'
import { answer } from '../support/people/operator-consent'
import { untilHandshakes } from '../support/people/operator-handshakes'
import { readLog } from '../support/people/operator-log'
import { openLiveLog } from '../support/people/operator-stream'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'

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

  /** What changes nothing for whoever does not rely on it, each as far from the default as it goes. */
  const odd = [
    `default_transaction_isolation = 'serializable'`,
    `search_path = 'of_portico'`,
    `standard_conforming_strings = off`,
    `bytea_output = 'escape'`,
    `intervalstyle = 'sql_standard'`,
    `client_encoding = 'LATIN1'`,
    `lock_timeout = '5s'`,
    `statement_timeout = '5s'`,
    `idle_in_transaction_session_timeout = '3s'`,
    `idle_session_timeout = '3s'`,
    `xmloption = 'document'`,
    `extra_float_digits = 0`,
  ]
  /** Turkish takes I for another letter than i. */
  const turkish = `template template0 locale_provider icu icu_locale 'tr-TR'`

  test.each(['direct', 'pooled'])('in everything, %s: eight at once connect', async (way) => {
    const { name, url, run } = await database(turkish)
    await run('create schema of_portico')
    for (const setting of odd) await run(`alter database ${name} set ${setting}`)
    const portico = await start(way === 'pooled' ? pooler.through(url) : url)
    await expectConnection(portico)
    const { origin } = portico
    const others = Array.from({ length: 8 }, () => newBrowser(origin))
    await Promise.all(
      others.map((person) =>
        connectAs(hostedClaude, `${origin}/mcp`, (at) => answer(person, at, 'allow')),
      ),
    )
    const operator = await signIn(origin)
    const rows = await untilHandshakes(
      operator,
      (all) => all.filter(({ verdict }) => verdict.kind === 'connected').length === 9,
    )
    expect(rows).toHaveLength(9)
    // a capital I is that of i, whatever the database thinks
    expect((await readLog(operator, { q: 'CLIENT.REGISTERED' })).length).toBeGreaterThan(0)
    const [where] = await run(
      `select string_agg(distinct schemaname, ',') as names from pg_tables where tablename = 'Event'`,
    )
    expect(where).toEqual({ names: 'of_portico' })
    expect(portico.output()).not.toMatch(/database: |failed| at .*\.js:/)
    await portico.stop()
  })

  test('with a schema in its URL: tables are there, and a pooler that refuses it is told of', async () => {
    const { url, run } = await database()
    const asked = `${url}?schema=elsewhere`
    expect(await refusal(asked)).toContain('no schema of the search path ("elsewhere") is there')
    await run('create schema elsewhere')
    const portico = await start(asked)
    await expectConnection(portico)
    await portico.stop()
    const [where] = await run(
      `select string_agg(distinct schemaname, ',') as names from pg_tables where tablename = 'Event'`,
    )
    expect(where).toEqual({ names: 'elsewhere' })
    expect(await refusal(pooler.through(asked))).toContain('refuses the "schema" of DATABASE_URL')
    // what people write by habit
    const usual = await start(pooler.through(`${(await database()).url}?schema=public`))
    await usual.stop()
  })

  test.each(['LATIN1', 'SQL_ASCII'])('whose encoding is %s says so', async (encoding) => {
    const { url } = await database(`template template0 encoding '${encoding}'`)
    expect(await refusal(url)).toContain(`the encoding of this database is ${encoding}`)
  })

  test('that is not there says so, and where it is named', async () => {
    const { url } = await database()
    expect(await refusal(`${url}_gone`)).toMatch(
      /cannot start: the database of DATABASE_URL cannot be used \(database ".+_gone" does not exist\)/,
    )
    const nobody = url.replace(/:\d+\//, ':9/')
    expect(await refusal(nobody)).toMatch(
      /cannot start: the database of DATABASE_URL cannot be used \(connect ECONNREFUSED/,
    )
  })

  test('that is read-only says so', async () => {
    const { name, url, run } = await database()
    await (await start(url)).stop()
    await run(`alter database ${name} set default_transaction_read_only = on`)
    expect(await refusal(url)).toContain(
      'this database is read-only (default_transaction_read_only)',
    )
  })

  test('whose role may not make tables, or not use them, says so', async () => {
    const { name, url, as, run } = await database()
    const role = `role_of_${name}`
    await run(`create role ${role} login`)
    expect(await refusal(as(role))).toContain(`GRANT CREATE ON SCHEMA public TO ${role}`)
    const PORTICO_SECRET = randomBytes(32).toString('hex')
    await (await start(url, { PORTICO_SECRET })).stop()
    expect(await refusal(as(role))).toContain(
      `the role ${role} may not read and change the tables of this database`,
    )
    // another role makes them: it may be all that the server's own is let do
    await run(
      `grant select, insert, update, delete, truncate, references on all tables in schema public to ${role}`,
      `grant usage, select on all sequences in schema public to ${role}`,
    )
    const portico = await start(as(role), { DIRECT_URL: url, PORTICO_SECRET })
    await expectConnection(portico)
    await portico.stop()
    await run(`drop owned by ${role}`, `drop role ${role}`)
  })
})
