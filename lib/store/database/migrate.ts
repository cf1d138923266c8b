import 'server-only'
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { migrations } from '@/lib/store/generated/migrations'
import { refuseNewer } from './newer'

/** The lock key of `prisma migrate`, so that the two never run at once. */
const prismaLockKey = 72_707_369

/** Prisma's own table, so that `prisma migrate deploy` sees what was applied here. */
const migrationsTable = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`

type Migration = (typeof migrations)[number]
type Connection = {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

/** Thrown when a migration began and never ended. */
export class FailedMigrationError extends Error {
  override name = 'FailedMigrationError'
}

/** Thrown when tables are out of date and PORTICO_MIGRATE forbids changing them. */
export class PendingMigrationsError extends Error {
  override name = 'PendingMigrationsError'
}

async function appliedNames(connection: Connection): Promise<ReadonlySet<string>> {
  const { rows } = await connection.query<{ migration_name: string; finished_at: Date | null }>(
    'select migration_name, finished_at from _prisma_migrations where rolled_back_at is null',
  )
  const unfinished = rows.find((row) => !row.finished_at)
  if (unfinished)
    throw new FailedMigrationError(
      `migration ${unfinished.migration_name} failed earlier; resolve it first`,
    )
  return new Set(rows.map((row) => row.migration_name))
}

async function pending(connection: Connection): Promise<readonly Migration[]> {
  const applied = await appliedNames(connection)
  return migrations.filter(({ name }) => !applied.has(name))
}

/** The migrations still to apply; `null` when the database has no tables of Portico. */
export async function pendingMigrations(connection: Connection): Promise<readonly string[] | null> {
  const { rows } = await connection.query<{ there: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as there`,
  )
  return rows[0]?.there ? (await pending(connection)).map(({ name }) => name) : null
}

/** Applies pending migrations inside a transaction. @param isWanted skips those that it refuses */
export async function applyPending(
  connection: Connection,
  isWanted: (name: string) => boolean = () => true,
): Promise<string[]> {
  // transaction-scoped, so that it works behind a transaction pooler
  await connection.query('select pg_advisory_xact_lock($1)', [prismaLockKey])
  await connection.query(migrationsTable)
  const missing = (await pending(connection)).filter(({ name }) => isWanted(name))
  for (const { name, checksum, sql } of missing) {
    await connection.query(sql)
    await connection.query(
      `insert into _prisma_migrations(id, checksum, finished_at, migration_name, applied_steps_count)
       values ($1, $2, now(), $3, 1)`,
      [randomUUID(), checksum, name],
    )
  }
  return missing.map(({ name }) => name)
}

/** Migrations take as long as they take: lifts the database's statement timeout. */
export async function liftStatementTimeout(connection: Connection): Promise<void> {
  await connection.query(`select set_config(name, '0', true) from pg_settings
    where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',
      'transaction_timeout')`)
}

/**
 * Applies pending migrations, all or nothing, as `prisma migrate deploy` would.
 *
 * @param connection a session of its own: past a pooler, where possible
 * @returns the names applied
 */
export async function applyMigrations(connection: Connection): Promise<string[]> {
  try {
    await connection.query('begin isolation level read committed')
    await liftStatementTimeout(connection)
    const names = await applyPending(connection)
    await connection.query('commit')
    return names
  } catch (error) {
    await connection.query('rollback').catch(() => undefined)
    throw new Error(`migrations were not applied: ${(error as Error).message}`, { cause: error })
  }
}

/**
 * Whether to apply migrations, by what is pending and what is allowed; takes no lock.
 *
 * @param policy `if-empty` creates tables where there are none, and changes none
 * @throws {PendingMigrationsError} when something is pending and not allowed
 */
export async function mustMigrate(
  connection: Connection,
  policy: 'always' | 'if-empty' | 'never',
): Promise<boolean> {
  const names = await pendingMigrations(connection)
  // only at start: an instance that runs while a newer release is rolled out continues
  if (names !== null) refuseNewer(await appliedNames(connection), 'this database')
  if (names?.length === 0) return false
  if (policy === 'always' || (policy === 'if-empty' && names === null)) return true
  const what = names === null ? 'the database has no tables yet' : `it lacks ${names.join(', ')}`
  throw new PendingMigrationsError(
    `the tables of this database are not up to date, and are changed only when asked to: ${what}; set PORTICO_MIGRATE=always where no other release uses this database`,
  )
}
