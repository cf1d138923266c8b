import 'server-only'
import type pg from 'pg'
import { parseCursor } from '@/lib/store/handshakes/cursor'
import { database, prisma } from './database'
import { pendingMigrations } from './migrate'

/** Metrics that only the database knows. */
export type VitalSigns = {
  /** seconds between the newest event and the newest joined one */
  readonly joinerLag: number
  readonly liveSessions: number
  /** `null` before the first key */
  readonly signingKeySince: Date | null
}

type Row = {
  readonly newest: Date | null
  readonly cursor: unknown
  readonly sessions: bigint
  readonly key: Date | null
}

/** Reads them with one indexed query each. */
export async function readVitalSigns(): Promise<VitalSigns> {
  const [row] = await (await prisma()).$queryRaw<[Row]>`
    select (select at from "Event" order by at desc, id desc limit 1) as newest,
      (select value from "Setting" where key = 'handshakes.cursor') as cursor,
      (select count(*) from "McpSession" where "endedAt" is null) as sessions,
      (select "createdAt" from "SigningKey" where "retiredAt" is null
        order by "createdAt" desc limit 1) as key`
  const cursor = parseCursor(typeof row.cursor === 'string' ? row.cursor : null)
  const joinedAt = cursor?.joined.at ?? 0
  const newest = row.newest?.getTime() ?? 0
  return {
    joinerLag: joinedAt === 0 ? 0 : Math.max(0, newest - joinedAt) / 1000,
    liveSessions: Number(row.sessions),
    signingKeySince: row.key,
  }
}

/** The state of the connection pool; needs no query. */
type PoolState = { readonly total: number; readonly idle: number; readonly waiting: number }

/** The pool's present state. */
export async function poolState(): Promise<PoolState> {
  const { pool } = await database()
  return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }
}

/**
 * Queries which migrations are not applied to the database.
 *
 * @param withinMs how long PostgreSQL may take to answer; the embedded database is in this process
 * @returns their names; `null` when there are no tables at all
 * @throws when it does not answer, or a migration failed
 */
export async function unappliedMigrations(withinMs: number): Promise<readonly string[] | null> {
  const { pool, kind } = await database()
  const limit = kind === 'postgresql' ? { query_timeout: withinMs } : {}
  // a connection that timed out is closed, not reused
  const query = (text: string) => pool.query({ text, ...limit })
  return pendingMigrations({ query } as Pick<pg.Pool, 'query'>)
}
