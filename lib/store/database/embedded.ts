import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import { logError } from '@/lib/runtime/log'
import { SessionClient } from '@/lib/store/mcp/session-client'
import { DataDirectoryError, ensureCluster, makeDataDirectory, withExplanation } from './cluster'
import { closeDataDirectory, closeTree } from './data-directory'
import { lockDirectory } from './lock'

/** The PostgreSQL major version inside the pinned PGlite; it cannot read the files of another one. */
const postgresMajor = '18'

/**
 * Settings for a small instance: the system's file cache holds its tables, too. The log keeps no more files
 * for reuse than it needs between two checkpoints.
 */
const settings = [
  'shared_buffers = 16MB',
  // memory that VACUUM and REINDEX take is never returned: WebAssembly memory only grows
  'maintenance_work_mem = 8MB',
  'min_wal_size = 32MB',
  'max_wal_size = 64MB',
  // a session in this process sends no parameters when it begins
  "timezone = 'UTC'",
  "datestyle = 'ISO, MDY'",
]

/** The messages of PostgreSQL's protocol that begin a statement: `Parse` and `Query`. */
const beginnings = new Set(['P', 'Q'].map((letter) => letter.charCodeAt(0)))

/**
 * PGlite computes in this thread and never waits, so that open connections would run all their statements
 * before a new connection is accepted. Each statement yields to the event loop once, so that new
 * connections get in.
 */
const inTurns = (database: PGlite): PGlite =>
  ({
    waitReady: database.waitReady,
    execProtocolStream: async (...args: Parameters<PGlite['execProtocolStream']>) => {
      if (beginnings.has(args[0][0] ?? 0)) await turn()
      return database.execProtocolStream(...args)
    },
  }) as unknown as PGlite

/**
 * A node-postgres pool over one PGlite, so that one Prisma adapter serves both kinds of database. It has a
 * single session: a second one would see, and join, the first one's open transaction.
 */
export function poolOver(database: PGlite): pg.Pool {
  class Client extends SessionClient {
    constructor(config: pg.ClientConfig) {
      const connection = createPgConfig(inTurns(database)).connection as unknown as {
        parse(query: object): unknown
      }
      const parse = connection.parse.bind(connection)
      // PrismaPg passes its type parsers under the name that the bridge uses for parameter types
      connection.parse = (query) => parse({ ...query, types: undefined })
      super({ ...config, connection } as unknown as pg.ClientConfig)
    }
  }
  return new pg.Pool({
    Client,
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    host: 'embedded',
  } as unknown as pg.PoolConfig)
}

/** Where the files of the embedded database are. */
export const directoryIn = (dataDir: string): string =>
  path.join(/*turbopackIgnore: true*/ dataDir, 'postgres')

/**
 * Opens the embedded database in `<dataDir>/postgres`, creating it if there is none.
 *
 * @param url where this process listens, shown to a second process that wants the same directory
 * @throws {DataDirectoryError} when another process holds it or its format is another version's
 */
export async function openEmbedded(dataDir: string, url: string): Promise<PGlite> {
  makeDataDirectory(dataDir)
  closeDataDirectory(dataDir)
  const holder = await withExplanation(dataDir, () => lockDirectory(dataDir, url))
  if (holder) {
    const who = holder.pid
      ? `process ${holder.pid} (${holder.url}, since ${holder.since})`
      : 'another process'
    throw new DataDirectoryError(
      `${dataDir} is in use by ${who}; stop it, or set PORTICO_DATA_DIR to another directory`,
    )
  }
  const directory = directoryIn(dataDir)
  const versionFile = path.join(/*turbopackIgnore: true*/ directory, 'PG_VERSION')
  if (existsSync(/*turbopackIgnore: true*/ versionFile)) {
    const version = readFileSync(/*turbopackIgnore: true*/ versionFile, 'utf8').trim()
    if (version !== postgresMajor) {
      throw new DataDirectoryError(
        `${directory} was written by PostgreSQL ${version} and this release has ${postgresMajor}; export it with the old release first`,
      )
    }
  }
  const database = await withExplanation(dataDir, async () => {
    await ensureCluster(directory)
    return PGlite.create(directory, { postgresqlconf: [...settings] })
  })
  keepClosed(database)
  closeTree(directory)
  return database
}

/** PGlite gives a file the mode that PostgreSQL asks for, 0666 for some, ignoring the process's umask. */
function keepClosed(database: PGlite): void {
  type Chmod = (at: unknown, mode: number, ...rest: readonly unknown[]) => void
  const { FS } = database.Module as unknown as { FS: { chmod: Chmod } }
  const chmod = FS.chmod.bind(FS)
  FS.chmod = (at, mode, ...rest) => chmod(at, mode & 0o700, ...rest)
}

/** How often the log's size is checked, in milliseconds, and the size above which it is cut, in bytes. */
const log = { everyMs: 30_000, bytes: 32 * 1024 * 1024 }

/**
 * Keeps PostgreSQL's write-ahead log short. PGlite runs it in single-user mode, which makes no checkpoint
 * until it ends: its log files would grow with every write, and the next start after a crash would have to
 * replay all of them.
 *
 * @param pool until it ends
 */
export function keepLogShort(pool: pg.Pool, { everyMs, bytes } = log): void {
  const size = `select (pg_current_wal_lsn() - redo_lsn)::float8 as bytes from pg_control_checkpoint()`
  const look = async () => {
    const { rows } = await pool.query<{ bytes: number }>(size)
    if ((rows[0]?.bytes ?? 0) > bytes) await pool.query('checkpoint')
  }
  const timer = setInterval(() => {
    if (pool.ending) clearInterval(timer)
    else look().catch((error) => logError(`the database's log was not cut: ${error.message}`))
  }, everyMs)
  timer.unref()
}
