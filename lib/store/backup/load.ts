import 'server-only'
import { applyPending, liftStatementTimeout } from '@/lib/store/database/migrate'
import { refuseNewer } from '@/lib/store/database/newer'
import { dropTables, lockTables } from './drop'
import { BackupError, type Portion, readBackup } from './format'
import type { Session } from './session'
import type { Header, Trailer } from './shape'
import { appliedMigrations, countRows, quoted, tablesInOrder } from './tables'

async function refuseFilled(session: Session): Promise<void> {
  const counts = await countRows(session, await tablesInOrder(session))
  const filled = Object.keys(counts).filter((table) => counts[table] !== 0)
  if (filled.length === 0) return
  throw new BackupError(
    `this database is not empty (${filled.join(', ')}): restore into one without tables; nothing was changed`,
  )
}

/** A new embedded database has the tables of this release, and the backup may be from an older one. */
async function removeTables(session: Session): Promise<void> {
  try {
    await lockTables(session)
    // checked again under the lock: rows written since the first check would be lost
    await refuseFilled(session)
    await dropTables(session)
  } catch (error) {
    if (error instanceof BackupError) throw error
    throw new BackupError(
      `this database has the tables of another release than the backup, and they cannot be removed (${(error as Error).message}): restore into one without tables; nothing was changed`,
    )
  }
}

/** Creates the tables that the rows came from; later migrations change them as they would have there. */
async function makeTables(session: Session, { migrations }: Header): Promise<void> {
  const applied = await appliedMigrations(session)
  if (applied) {
    await refuseFilled(session)
    refuseNewer(applied, 'this database')
    if (applied.join() !== migrations.join()) await removeTables(session)
  }
  await applyPending(session, (name) => migrations.includes(name))
}

const columnsOf = async (session: Session, table: string): Promise<string> => {
  const { rows } = await session.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'
     order by ordinal_position`,
    [table],
  )
  return rows.map(({ name }) => quoted(name)).join(', ')
}

async function insert(
  session: Session,
  { table, rows }: Portion,
  columns: Map<string, string>,
): Promise<void> {
  const known = columns.get(table) ?? (await columnsOf(session, table))
  columns.set(table, known)
  if (known === '') throw new BackupError(`the backup has an unknown table: ${table}`)
  await session.query(
    `insert into ${quoted(table)} (${known})
     select ${known} from json_populate_recordset(null::${quoted(table)}, $1::json)`,
    [rows],
  )
}

async function setSequences(session: Session, { sequences }: Trailer): Promise<void> {
  for (const [name, [value, isCalled]] of Object.entries(sequences)) {
    await session.query('select setval($1::regclass, $2::bigint, $3)', [
      quoted(name),
      value,
      isCalled,
    ])
  }
}

async function compare(session: Session, { counts }: Trailer): Promise<void> {
  const there = await countRows(session, Object.keys(counts))
  for (const [table, count] of Object.entries(counts)) {
    if (there[table] === count) continue
    throw new BackupError(`${table} has ${there[table]} rows and the backup ${count}`)
  }
}

async function loadPieces(session: Session, file: string): Promise<Trailer> {
  const columns = new Map<string, string>()
  for await (const piece of readBackup(file)) {
    if ('header' in piece) {
      refuseNewer(piece.header.migrations, file)
      await makeTables(session, piece.header)
    } else if ('portion' in piece) await insert(session, piece.portion, columns)
    else {
      await setSequences(session, piece.trailer)
      await compare(session, piece.trailer)
      await applyPending(session)
      return piece.trailer
    }
  }
  throw new BackupError(`${file} has no end`)
}

/**
 * Restores a backup into an empty database, completely or not at all; one from an older release is
 * migrated.
 *
 * @returns how many rows each table has, as counted there
 * @throws {BackupError} or {NewerDataError} when it cannot be restored
 */
export async function load(
  session: Session,
  file: string,
): Promise<Readonly<Record<string, number>>> {
  await session.query('begin isolation level read committed')
  try {
    await liftStatementTimeout(session)
    const { counts } = await loadPieces(session, file)
    await session.query('commit')
    return counts
  } catch (error) {
    await session.query('rollback').catch(() => undefined)
    throw error
  }
}
