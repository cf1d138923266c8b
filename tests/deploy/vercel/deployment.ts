import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Pooler, startPooler } from '../../support/database/pgbouncer'
import { createDatabase, databaseUrl } from '../../support/database/portico-database'
import { startPostgres } from '../../support/database/postgres.mjs'
import { admin } from '../../support/server/portico-process'
import { buildForVercel, outputFolder } from './build.mjs'
import { type Platform, type PlatformOptions, startPlatform } from './platform'

type Row = Readonly<Record<string, unknown>>

/** A database as a deployment has it: behind a pooler in transaction mode. */
export type DeployedDatabase = {
  /** what the deployment's settings say of it */
  readonly env: Readonly<Record<string, string>>
  /** asks PostgreSQL itself */
  query(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** what is stored of who holds or waits for something while all functions are frozen; all of it a fault */
  held(): Promise<Row[]>
  drop(): Promise<void>
}

let server: Awaited<ReturnType<typeof startPostgres>> | undefined
/** how many databases of it are in use: the last one takes it along */
let inUse = 0

async function serverUrl(): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL
  server ??= await startPostgres()
  if ('missing' in server) throw new Error(server.missing)
  return server.url
}

const locks = `select locktype, mode, granted, objid from pg_locks
  where database = (select oid from pg_database where datname = current_database())
    and locktype = 'advisory'`
const unfinished = `select state, left(query, 120) as query from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
    and state <> 'idle' and backend_type = 'client backend'`

/** Makes an empty database with a pooler in front. */
export async function newDatabase(): Promise<DeployedDatabase> {
  const url = await serverUrl()
  inUse += 1
  const name = `portico_vercel_${randomBytes(6).toString('hex')}`
  await createDatabase(url, name)
  const direct = databaseUrl(url, name)
  const pooler: Pooler = await startPooler(url)
  const pool = new pg.Pool({ connectionString: direct, max: 2 })
  pool.on('error', () => undefined)
  const query: DeployedDatabase['query'] = async (sql, values = []) =>
    (await pool.query<Record<string, unknown>>(sql, [...values])).rows
  return {
    env: { DATABASE_URL: pooler.through(direct), DIRECT_URL: direct },
    query,
    held: async () => [...(await query(locks)), ...(await query(unfinished))],
    drop: async () => {
      await pool.end()
      await pooler.stop()
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query(`drop database if exists "${name}" with (force)`)
      await client.end()
      inUse -= 1
      if (inUse > 0 || !server || 'missing' in server) return
      await server.stop()
      server = undefined
    },
  }
}

/** The settings that the guide has a person make. */
export const settings: Readonly<Record<string, string>> = {
  PORTICO_SECRET: 'a secret of at least thirty-two characters',
  CRON_SECRET: 'sixteen characters or more',
  PORTICO_ADMIN_EMAIL: admin.email,
  PORTICO_ADMIN_PASSWORD: admin.password,
}

/** Builds where the sources have changed, and deploys to a database. */
export function deploy(
  database: Pick<DeployedDatabase, 'env'>,
  options: Partial<Omit<PlatformOptions, 'output'>> = {},
): Promise<Platform> {
  buildForVercel()
  return startPlatform({
    ...options,
    output: outputFolder,
    env: { ...settings, ...database.env, ...options.env },
  })
}
