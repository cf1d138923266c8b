import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { startPortico } from './portico'
import { databaseFor } from './portico-database'
import type { Portico } from './portico-process'

type Rows = readonly Readonly<Record<string, unknown>>[]
type Query = (sql: string) => Promise<Rows>

/** Opens the database of a Portico that was stopped. */
async function withDatabase<Result>(
  dataDir: string,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  const connectionString = await databaseFor(dataDir)
  if (connectionString === null) {
    const database = await PGlite.create(path.join(dataDir, 'postgres'))
    const query: Query = async (sql) => (await database.query<Record<string, unknown>>(sql)).rows
    return work(query).finally(() => database.close())
  }
  const client = new pg.Client({ connectionString })
  await client.connect()
  return work(async (sql) => (await client.query(sql)).rows).finally(() => client.end())
}

/** The port of an instance, so that it can be started again where it was. */
const portOf = ({ origin }: Portico): number => Number(new URL(origin).port)

/** Stops a Portico, changes what it has stored, and starts it again where it was. */
export async function changeStored(
  portico: Portico,
  statements: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Portico> {
  await portico.stop()
  if (statements.length > 0) {
    await withDatabase(portico.dataDir, async (query) => {
      for (const sql of statements) await query(sql)
    })
  }
  return startPortico({ dataDir: portico.dataDir, port: portOf(portico), env })
}

/** Every row of every table of a Portico that was stopped, by table, as text. */
export const storedRows = ({ dataDir }: Portico): Promise<Map<string, string>> =>
  withDatabase(dataDir, async (query) => {
    const tables = await query(
      "select table_name from information_schema.tables where table_schema = 'public'",
    )
    const dump = new Map<string, string>()
    for (const { table_name: table } of tables) {
      const rows = await query(`select to_jsonb(t)::text as row from "${table}" t`)
      dump.set(String(table), rows.map(({ row }) => row).join('\n'))
    }
    return dump
  })

/** Every file below a data directory, by path. */
export const storedFiles = ({ dataDir }: Portico): Map<string, Buffer> =>
  new Map(
    readdirSync(dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file)]),
  )
