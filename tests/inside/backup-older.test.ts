import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareEmptyDatabase } from '@/lib/cli/prepare.mjs'
import type { DatabasePlace, Session } from '@/lib/store/backup/session'
import { startPostgres } from '../support/database/postgres.mjs'

/** A backup of an older release is restored where the tables of this one are already. */

const rest = mkdtempSync(path.join(os.tmpdir(), 'portico-older-'))
const file = path.join(rest, 'older.backup')
/** So many migrations were added since: one adds a column, one a table. */
const added = 2

const load = async () => (await import('@/lib/store/backup/load')).load
const names = async () =>
  (await import('@/lib/store/generated/migrations')).migrations.map(({ name }) => name)

function newDataDir(name: string): string {
  const dataDir = path.join(rest, name)
  mkdirSync(dataDir)
  return dataDir
}

async function within<Result>(place: DatabasePlace, work: (session: Session) => Promise<Result>) {
  const { openBackupSession } = await import('@/lib/store/backup/session')
  const session = await openBackupSession(place)
  return work(session).finally(() => session.close())
}

/** Has the tables of a release made, as its server would have. */
async function makeTables(session: Session, isWanted: (name: string) => boolean): Promise<void> {
  const { applyPending } = await import('@/lib/store/database/migrate')
  await session.query('begin')
  await applyPending(session, isWanted)
  await session.query('commit')
}

/** By a release that knew less than this one, with a row that says so. */
async function takeOlderBackup(): Promise<void> {
  const { initialise } = await import('@/lib/store/database/cluster')
  const { dump } = await import('@/lib/store/backup/dump')
  const older = (await names()).slice(0, -added)
  const dataDir = newDataDir('old')
  await initialise(path.join(dataDir, 'postgres'))
  await within({ dataDir }, async (session) => {
    await makeTables(session, (name) => older.includes(name))
    await session.query(
      `insert into "User" (id, email, role) values ('one', 'one@portico.test', 'admin')`,
    )
    await dump(session, { release: '0.0.9', kind: 'embedded', secret: 'none' }, file)
  })
}

/** What this release makes in a database that is new. */
let fresh: readonly string[]

/** Tables, indexes, sequences, types, functions and triggers; `another` is a table of the test's own. */
async function objectsOf(session: Session): Promise<string[]> {
  const here = 'current_schema()::regnamespace'
  const { rows } = await session.query<{ name: string }>(
    `select name from (
       select relkind::text || ' ' || relname as name from pg_class where relnamespace = ${here}
       union all select 'type ' || typname from pg_type where typnamespace = ${here} and typtype = 'e'
       union all select 'function ' || proname from pg_proc where pronamespace = ${here}
       union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
     ) o where name <> 'r another' order by name`,
  )
  return rows.map(({ name }) => name).toSorted()
}

beforeAll(async () => {
  prepareEmptyDatabase()
  fresh = await within({ dataDir: newDataDir('fresh') }, objectsOf)
  await takeOlderBackup()
})
afterAll(() => rmSync(rest, { recursive: true, force: true }))

/** Its rows, and the tables of this release. */
async function expectRestored(session: Session): Promise<void> {
  const { appliedMigrations } = await import('@/lib/store/backup/tables')
  expect(await appliedMigrations(session)).toEqual(await names())
  expect((await session.query('select email, role from "User"')).rows).toEqual([
    { email: 'one@portico.test', role: 'admin' },
  ])
  expect((await session.query('select "pausedById" from "Grant"')).rows).toEqual([])
  expect((await session.query('select * from "Instance"')).rows).toEqual([])
  expect(await objectsOf(session)).toEqual(fresh)
}

test('into an embedded database, which comes with its tables', async () => {
  const restore = await load()
  await within({ dataDir: newDataDir('embedded') }, async (session) => {
    expect(await restore(session, file)).toMatchObject({ User: 1 })
    await expectRestored(session)
  })
})

describe('into PostgreSQL, as a role that owns the tables and not the schema', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>
  let databases = 0

  /** A database with the empty tables of this release. */
  async function newDatabase(): Promise<DatabasePlace> {
    if ('missing' in server) throw new Error(server.missing)
    databases += 1
    const url = new URL(server.url)
    const owner = new pg.Client({ connectionString: url.href })
    await owner.connect()
    await owner.query(`create database portico_${databases}`)
    await owner.end()
    url.pathname = `/portico_${databases}`
    const schema = new pg.Client({ connectionString: url.href })
    await schema.connect()
    await schema.query('grant usage, create on schema public to portico')
    await schema.end()
    url.username = 'portico'
    await within({ url: url.href }, (session) => makeTables(session, () => true))
    return { url: url.href }
  }

  beforeAll(async () => {
    server = await startPostgres()
    if ('missing' in server) throw new Error(server.missing)
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query('create role portico login')
    await client.end()
  })
  afterAll(async () => {
    if (!('missing' in server)) await server.stop()
  })

  test('whose tables are empty', async () => {
    const restore = await load()
    await within(await newDatabase(), async (session) => {
      await session.query('create table another (id int)')
      expect(await restore(session, file)).toMatchObject({ User: 1 })
      await expectRestored(session)
      // what is not of Portico is left alone
      expect((await session.query('select * from another')).rows).toEqual([])
    })
  })

  test('but not where anything is in them', async () => {
    const restore = await load()
    await within(await newDatabase(), async (session) => {
      await session.query(`insert into "User" (id, email) values ('two', 'two@portico.test')`)
      await expect(restore(session, file)).rejects.toThrow(/is not empty \(User\)/)
      expect((await session.query('select id from "User"')).rows).toEqual([{ id: 'two' }])
    })
  })

  test('and not where something else depends on them', async () => {
    const restore = await load()
    await within(await newDatabase(), async (session) => {
      await session.query('create view people as select email from "User"')
      await expect(restore(session, file)).rejects.toThrow(
        /tables of another release than the backup, and they cannot be removed \(.*depend.*nothing was changed/s,
      )
      expect((await session.query('select * from people')).rows).toEqual([])
    })
  })
})
