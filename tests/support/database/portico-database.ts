import { createHash } from 'node:crypto'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'

const nameFor = (dataDir: string) =>
  `portico_${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The URL of a database on a server. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Creates a database if it does not exist. @param template the database to copy */
export async function createDatabase(
  server: string,
  name: string,
  template: string | null = null,
): Promise<void> {
  const copied = template ? ` template "${template}"` : ''
  await onServer(server, `create database "${name}"${copied}`).catch((error) => {
    const isDuplicate = error.code === '42P04'
    if (!isDuplicate) throw error
  })
}

/**
 * The database of a data directory, on the server of `TEST_DATABASE_URL`: a second
 * start on the same directory finds the same rows, as with the embedded database.
 *
 * @param template the database to copy, if it is new
 * @returns its URL; `null` when the embedded database is under test
 */
export async function databaseFor(
  dataDir: string,
  template: string | null = null,
): Promise<string | null> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) return null
  const name = nameFor(dataDir)
  await createDatabase(server, name, template)
  return databaseUrl(server, name)
}

/** Drops the database of a data directory, if there is one. */
export async function dropDatabaseFor(dataDir: string): Promise<void> {
  const server = process.env.TEST_DATABASE_URL
  if (server) await onServer(server, `drop database if exists "${nameFor(dataDir)}" with (force)`)
}

type Rows = readonly Readonly<Record<string, unknown>>[]
type Query = (sql: string) => Promise<Rows>

/** Opens the database of a data directory that no Portico has open. */
export async function withDatabase<Result>(
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
