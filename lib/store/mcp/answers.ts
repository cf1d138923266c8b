import 'server-only'
import type pg from 'pg'
import { database } from '@/lib/store/database/database'
import { pendingMigrations } from '@/lib/store/database/migrate'

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
