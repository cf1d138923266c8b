import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Pool, PoolClient } from 'pg'

const directory = path.join(/*turbopackIgnore: true*/ process.cwd(), 'prisma', 'migrations')

/** The key Prisma's own migrate takes, so that the two never run at once. */
const prismaLockKey = 72_707_369

/** Prisma's own table, so that `prisma migrate deploy` agrees with what was applied here. */
const migrationsTable = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`

const sqlOf = (name: string): string =>
  readFileSync(path.join(/*turbopackIgnore: true*/ directory, name, 'migration.sql'), 'utf8')

function migrationNames(): string[] {
  return readdirSync(/*turbopackIgnore: true*/ directory)
    .filter((name) =>
      existsSync(path.join(/*turbopackIgnore: true*/ directory, name, 'migration.sql')),
    )
    .sort()
}

async function pending(connection: Pick<Pool, 'query'>): Promise<string[]> {
  const { rows } = await connection.query<{ migration_name: string; finished_at: Date | null }>(
    'select migration_name, finished_at from _prisma_migrations where rolled_back_at is null',
  )
  const unfinished = rows.find((row) => !row.finished_at)
  if (unfinished)
    throw new Error(`migration ${unfinished.migration_name} failed earlier; resolve it first`)
  const applied = new Set(rows.map((row) => row.migration_name))
  return migrationNames().filter((name) => !applied.has(name))
}

async function applyPending(connection: PoolClient): Promise<string[]> {
  // scoped to the transaction, so that a transaction pooler in front is fine
  await connection.query('select pg_advisory_xact_lock($1)', [prismaLockKey])
  await connection.query(migrationsTable)
  const names = await pending(connection)
  for (const name of names) {
    const sql = sqlOf(name)
    await connection.query(sql)
    await connection.query(
      `insert into _prisma_migrations(id, checksum, finished_at, migration_name, applied_steps_count)
       values ($1, $2, now(), $3, 1)`,
      [randomUUID(), createHash('sha256').update(sql).digest('hex'), name],
    )
  }
  return names
}

/**
 * Applies what is missing, all or nothing, as `prisma migrate deploy` would; without a lock when
 * nothing is pending.
 *
 * @returns the names applied
 */
export async function migrate(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as there`,
  )
  if (rows[0]?.there && (await pending(pool)).length === 0) return []
  const connection = await pool.connect()
  try {
    await connection.query('begin')
    const names = await applyPending(connection)
    await connection.query('commit')
    return names
  } catch (error) {
    await connection.query('rollback').catch(() => undefined)
    throw new Error(`migrations were not applied: ${(error as Error).message}`, { cause: error })
  } finally {
    connection.release()
  }
}
