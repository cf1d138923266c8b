import 'server-only'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import { lockDirectory } from './lock'

/** The PostgreSQL major version inside the pinned PGlite; it cannot read another one's files. */
const postgresMajor = '18'

/** Thrown when the data directory cannot be used; the message says what to do. */
export class DataDirectoryError extends Error {
  override name = 'DataDirectoryError'
}

/**
 * A node-postgres pool over one PGlite, so that one Prisma adapter serves both kinds of database.
 * It has a single session: a second one would see, and join, the first one's open transaction.
 */
export function poolOver(database: PGlite): pg.Pool {
  class Client extends pg.Client {
    constructor(config: pg.ClientConfig) {
      const connection = createPgConfig(database).connection as unknown as {
        parse(query: object): unknown
      }
      const parse = connection.parse.bind(connection)
      // PrismaPg passes its type parsers under the name the bridge uses for parameter types
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

/**
 * Opens the embedded database in `<dataDir>/postgres`, making it when there is none.
 *
 * @param url where this process listens, told to a second process that wants the same directory
 * @throws {DataDirectoryError} when another process holds it or its format is another one's
 */
export async function openEmbedded(dataDir: string, url: string): Promise<PGlite> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const holder = await lockDirectory(dataDir, url)
  if (holder) {
    const who = holder.pid
      ? `process ${holder.pid} (${holder.url}, since ${holder.since})`
      : 'another process'
    throw new DataDirectoryError(
      `${dataDir} is in use by ${who}; stop it, or set PORTICO_DATA_DIR to another directory`,
    )
  }
  const directory = path.join(/*turbopackIgnore: true*/ dataDir, 'postgres')
  const versionFile = path.join(/*turbopackIgnore: true*/ directory, 'PG_VERSION')
  if (existsSync(/*turbopackIgnore: true*/ versionFile)) {
    const version = readFileSync(/*turbopackIgnore: true*/ versionFile, 'utf8').trim()
    if (version !== postgresMajor) {
      throw new DataDirectoryError(
        `${directory} was written by PostgreSQL ${version} and this release has ${postgresMajor}; export it with the old release first`,
      )
    }
  }
  return PGlite.create(directory, { postgresqlconf: ['shared_buffers = 32MB'] })
}
