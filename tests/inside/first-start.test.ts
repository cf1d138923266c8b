import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareEmptyDatabase } from '@/lib/cli/prepare.mjs'

/** An embedded database begins as the one that the build prepared, whole or not at all. */

const root = path.join(import.meta.dirname, '../..')
const rest = mkdtempSync(path.join(os.tmpdir(), 'portico-first-start-'))
type Cluster = typeof import('@/lib/store/database/cluster')
let cluster: Cluster

beforeAll(async () => {
  prepareEmptyDatabase()
  cluster = await import('@/lib/store/database/cluster')
})
afterAll(() => rmSync(rest, { recursive: true, force: true }))

/** A place for a database where there is none yet. */
const newPlace = (name: string): string => {
  const dataDir = path.join(rest, name)
  mkdirSync(dataDir)
  return path.join(dataDir, 'postgres')
}

async function rowsOf(directory: string, sql: string): Promise<Record<string, unknown>[]> {
  const database = await PGlite.create(directory)
  const { rows } = await database.query<Record<string, unknown>>(sql)
  await database.close()
  return rows
}

const filesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) =>
    path.join(directory, name),
  )

test('it is there with every table of this release, and was made before', async () => {
  const since = Date.now()
  const directory = newPlace('prepared')
  await cluster.ensureCluster(directory)
  const applied = await rowsOf(
    directory,
    'select migration_name as name, finished_at as at from _prisma_migrations order by 1',
  )
  const { migrations } = await import('@/lib/store/generated/migrations')
  expect(applied.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name))
  expect(applied.every(({ at }) => (at as Date).getTime() < since)).toBe(true)
})

test('it holds no row, and nothing of the machine that built it', async () => {
  const directory = newPlace('empty')
  await cluster.ensureCluster(directory)
  const files = filesOf(directory).filter((file) => statSync(file).isFile())
  const everything = Buffer.concat(files.map((file) => readFileSync(file)))
  for (const own of [root, os.homedir(), os.hostname(), 'portico-empty-']) {
    if (own.length > 5) expect(everything.includes(own), own).toBe(false)
  }
  const names = await rowsOf(
    directory,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  const each = names.map(({ name }) => `select '${name}' as name, count(*)::int from "${name}"`)
  const tables = await rowsOf(directory, each.join(' union all '))
  const filled = tables.filter(({ count }) => Number(count) > 0).map(({ name }) => name)
  expect(tables.length).toBeGreaterThan(20)
  expect(filled).toEqual(['_prisma_migrations'])
})

test('nobody else on the machine can read it', async () => {
  const directory = newPlace('private')
  await cluster.ensureCluster(directory)
  const open = [directory, ...filesOf(directory)].filter((file) => statSync(file).mode & 0o077)
  expect(open).toEqual([])
})

const script = `
  const { ensureCluster } = await import('./lib/store/database/cluster.ts')
  process.send('begun')
  await ensureCluster(process.env.DIRECTORY)`

const begin = (directory: string): ChildProcess =>
  spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', '--input-type=module', '-e', script],
    {
      cwd: root,
      env: { ...process.env, DIRECTORY: directory },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )

/** Kills it as soon as some of the files are there. @returns whether it was not done by then */
async function killWhileUnpacking(directory: string): Promise<boolean> {
  const child = begin(directory)
  const ended = once(child, 'exit')
  await once(child, 'message')
  const unfinished = `${directory}.unfinished`
  while (child.exitCode === null) {
    if (existsSync(unfinished) && readdirSync(unfinished).length > 3) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  child.kill('SIGKILL')
  await ended
  return existsSync(unfinished)
}

test('killed in the middle it leaves none, and the next start makes it', async () => {
  const directory = newPlace('killed')
  expect(await killWhileUnpacking(directory)).toBe(true)
  expect(existsSync(directory)).toBe(false)
  await cluster.ensureCluster(directory)
  expect(existsSync(`${directory}.unfinished`)).toBe(false)
  expect(await rowsOf(directory, 'select count(*)::int as count from "Event"')).toEqual([
    { count: 0 },
  ])
})

test('what is no database is left alone, and said', async () => {
  const directory = newPlace('other')
  mkdirSync(directory)
  writeFileSync(path.join(directory, 'PG_VERSION'), '18')
  await expect(cluster.ensureCluster(directory)).rejects.toThrow(/no whole database/)
  expect(readdirSync(directory)).toEqual(['PG_VERSION'])
})

test('a database of an earlier release, made by initdb, opens as it is', async () => {
  const directory = newPlace('old')
  const database = await PGlite.create(directory, { postgresqlconf: ['shared_buffers = 32MB'] })
  await database.exec(`create table kept as select 'row' as it`)
  await database.close()
  await cluster.ensureCluster(directory)
  const { openEmbedded } = await import('@/lib/store/database/embedded')
  const opened = await openEmbedded(path.dirname(directory), 'http://localhost:1')
  expect((await opened.query('select it from kept')).rows).toEqual([{ it: 'row' }])
  await opened.close()
})

test('its log of changes is cut while it runs', async () => {
  const { keepLogShort, openEmbedded, poolOver } = await import('@/lib/store/database/embedded')
  const directory = newPlace('log')
  const database = await openEmbedded(path.dirname(directory), 'http://localhost:1')
  const pool = poolOver(database)
  keepLogShort(pool, { everyMs: 50, bytes: 2 * 1024 * 1024 })
  await pool.query('create table filler (text text)')
  let most = 0
  for (let turn = 0; turn < 20; turn += 1) {
    await pool.query(
      `insert into filler select repeat(md5(g::text), 20) from generate_series(1, 10000) g`,
    )
    await pool.query('truncate filler')
    await new Promise((resolve) => setTimeout(resolve, 150))
    const files = filesOf(path.join(directory, 'pg_wal')).filter((file) => statSync(file).isFile())
    most = Math.max(
      most,
      files.reduce((sum, file) => sum + statSync(file).size, 0),
    )
  }
  await pool.end()
  await database.close()
  // 140 MB were written
  expect(most).toBeLessThan(70 * 1024 * 1024)
})
