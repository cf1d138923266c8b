import 'server-only'
import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { noteBegun } from '@/lib/runtime/request-scope'
import { type Prisma, PrismaClient } from '@/lib/store/generated/client'
import { SessionClient } from '@/lib/store/mcp/session-client'
import { storable } from '@/lib/store/text'
import { ZonelessPg } from './adapter'
import { logFailure, setProbe, suspectOutage } from './availability'
import {
  connectionFailure,
  type Situation,
  situationOf,
  UnfitDatabaseError,
  unfitness,
} from './fitness'
import { applyMigrations, mustMigrate } from './migrate'
import { postgresPool, watchEmbedded } from './pool'

/** The open database: one Prisma client, and what notifications need beneath it. */
type Database = {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  readonly kind: 'embedded' | 'postgresql'
  readonly embedded: PGlite | null
  readonly applied: readonly string[]
  /** PostgreSQL's settings; `null` for the embedded database */
  readonly situation: Situation | null
}

/** Prisma's client, or the one inside a transaction. */
export type Connection = Prisma.TransactionClient

const held = processWide('database', (): { opened: Promise<Database> | null } => ({ opened: null }))

/** The embedded database keeps its tables where PostgreSQL does: nobody else sets it up. */
const usualSchema = 'public'

/**
 * Reads the database's settings.
 *
 * @param isMade whether its tables are up to date
 * @throws {UnfitDatabaseError} when the server cannot run on it is
 */
async function fitSituation(on: Pick<pg.Pool, 'query'>, isMade: boolean): Promise<Situation> {
  const found = await situationOf(on).catch((error) => {
    throw connectionFailure(error)
  })
  const why = unfitness(found, !isMade)
  if (why !== null) throw new UnfitDatabaseError(why)
  return found
}

/** Brings the tables up to date, on a connection that no pooler shares with other clients. */
async function migrate(pool: pg.Pool, schema: string | null): Promise<string[]> {
  const { directUrl, databaseUrl, migrate: policy } = env()
  if (!(await mustMigrate(pool, policy))) return []
  if (databaseUrl) {
    // a migration's statement may take longer than the pool's timeout
    const client = new SessionClient({ connectionString: directUrl ?? databaseUrl })
    await client.connect()
    return migrateOn(client, schema).finally(() => client.end())
  }
  const client = await pool.connect()
  return applyMigrations(client).finally(() => client.release())
}

async function migrateOn(client: pg.Client, schema: string | null): Promise<string[]> {
  const { schema: direct } = await fitSituation(client, false)
  if (direct === schema) return applyMigrations(client)
  throw new UnfitDatabaseError(
    `DATABASE_URL leads to the schema ${schema} and DIRECT_URL to ${direct}: give both the same`,
  )
}

async function openPool(): Promise<Pick<Database, 'embedded' | 'pool'>> {
  const { databaseUrl, dataDir, origin } = env()
  if (databaseUrl) return { embedded: null, pool: postgresPool(databaseUrl) }
  // loaded only where it is used: it is large
  const { directoryIn, keepLogShort, openEmbedded, poolOver } = await import('./embedded')
  const embedded = await openEmbedded(dataDir, origin)
  const pool = poolOver(embedded)
  pool.on('error', (error) => logFailure('embedded database', error))
  watchEmbedded(pool, directoryIn(dataDir))
  keepLogShort(pool)
  return { embedded, pool }
}

/** The values of hand-written SQL. */
type Sql = { readonly values: unknown[] }

function withStorable(args: unknown): unknown {
  const { values } = Object(args) as Partial<Sql>
  if (!Array.isArray(values) || Array.isArray(args)) return storable(args)
  for (const [at, value] of values.entries()) values[at] = storable(value)
  return args
}

/** A client in which no text can make a query fail: every value passes here. */
const clientOver = (pool: pg.Pool, situation: Situation | null): PrismaClient =>
  new PrismaClient({
    adapter: new ZonelessPg(pool, situation?.schema ?? usualSchema, situation?.folding ?? null),
  }).$extends({
    query: {
      $allOperations: ({ args, query }) =>
        query(withStorable(args) as typeof args).catch((error) => {
          // nothing else reports the failure of a page
          suspectOutage(error)
          throw error
        }),
    },
  }) as unknown as PrismaClient

async function open(): Promise<Database> {
  const { embedded, pool } = await openPool()
  try {
    const situation = embedded ? null : await fitSituation(pool, true)
    const applied = await migrate(pool, situation?.schema ?? null)
    const prisma = clientOver(pool, situation)
    const kind = embedded ? 'embedded' : 'postgresql'
    return { prisma, pool, kind, embedded, applied, situation }
  } catch (error) {
    await pool.end().catch(() => undefined)
    await embedded?.close()
    throw error
  }
}

/** The database, opened and migrated at first use. */
export function database(): Promise<Database> {
  noteBegun()
  held.opened ??= open().catch((error) => {
    held.opened = null
    throw error
  })
  return held.opened
}

/** The Prisma client. Never use it inside {@link transaction}: the embedded database has one session. */
export const prisma = async (): Promise<PrismaClient> => (await database()).prisma

/** A function that is frozen or lost mid-transaction must not keep its locks. */
const guarded =
  <Result>(work: (connection: Connection) => Promise<Result>) =>
  async (connection: Connection): Promise<Result> => {
    if (env().isServerless) {
      await connection.$executeRaw`set local idle_in_transaction_session_timeout = '10s'`
    }
    return work(connection)
  }

const afterwards = new WeakMap<Connection, (() => void)[]>()

/** Runs `work` after the connection's transaction has committed; never after a rollback. */
export function afterCommit(connection: Connection, work: () => void): void {
  const works = afterwards.get(connection)
  if (!works) throw new TypeError('not the connection of a transaction')
  works.push(work)
}

/**
 * Runs `work` in one transaction; everything inside must use the connection it is given.
 *
 * @param timeout in milliseconds
 */
export async function transaction<Result>(
  work: (connection: Connection) => Promise<Result>,
  timeout = 15_000,
): Promise<Result> {
  const works: (() => void)[] = []
  const noted = (connection: Connection) => {
    afterwards.set(connection, works)
    return guarded(work)(connection)
  }
  const result = await (await prisma()).$transaction(noted, { maxWait: 15_000, timeout })
  for (const later of works) later()
  return result
}

/**
 * Runs a conditional change, and what must follow it, in one transaction.
 *
 * @returns whether it changed a row; nothing follows if not
 */
export const changing = (
  change: (connection: Connection) => PromiseLike<{ readonly count: number }>,
  follow: (connection: Connection) => Promise<unknown>,
): Promise<boolean> =>
  transaction(async (connection) => {
    const { count } = await change(connection)
    if (count > 0) await follow(connection)
    return count > 0
  })

/** The result of `work`; `false` when it fails as is to be expected of concurrent requests. */
export async function unless(
  isExpected: (error: unknown) => boolean,
  work: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await work()
  } catch (error) {
    if (isExpected(error)) return false
    throw error
  }
}

/** Which kind of database this is. */
export const databaseKind = async (): Promise<'embedded' | 'postgresql'> => (await database()).kind

/** The PostgreSQL settings that people should know; `null` for the embedded database. */
export async function readDatabaseSettings() {
  const { situation } = await database()
  return situation && { encoding: situation.encoding, statementMs: situation.statementMs }
}

/** Closes the database, if it was opened. */
export async function closeDatabase(): Promise<void> {
  const opened = await held.opened?.catch(() => null)
  if (!opened) return
  setProbe(null)
  await opened.prisma.$disconnect()
  await opened.pool.end().catch(() => undefined)
  await opened.embedded?.close()
}

/** Whether an error is a violated unique constraint (Prisma P2002). */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2002'

/** Whether an error is a reference to a row that no longer exists (Prisma P2003). */
export const isReferenceViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2003'
