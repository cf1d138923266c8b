import 'server-only'
import { createHash } from 'node:crypto'
import { createWriteStream, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { liftStatementTimeout } from '@/lib/store/database/migrate'
import { refuseNewer } from '@/lib/store/database/newer'
import { type Portion, portionLine } from './format'
import type { Session } from './session'
import { formatVersion, type Header, type Trailer } from './shape'
import { appliedMigrations, quoted, readSequences, tablesInOrder } from './tables'

/** Rows per fetch, and the most characters of one line. */
const fetched = 500
const lineLength = 256 * 1024

/** What the header says that the database does not know. */
export type Origin = Pick<Header, 'release' | 'kind' | 'secret'>

/** One snapshot of all tables; dates and bytes in the form that restores unchanged. */
const beginning = [
  'begin isolation level repeatable read read only',
  "set local datestyle to 'ISO'",
  "set local timezone to 'UTC'",
  "set local bytea_output to 'hex'",
]

/** The one long table: its rows never change, and get ascending ids. */
const events = 'Event'

type Ahead = Portion & { readonly last: string }

/**
 * Existing events, a few at a time, so that other users of the session get a turn. An event deleted
 * meanwhile is in the backup all the same.
 */
async function* eventsAhead(session: Session): AsyncGenerator<Ahead> {
  for (let after = '0'; ; ) {
    const { rows } = await session.query<Ahead>(
      `select count(*)::int as count, max(id)::text as last,
         string_agg(row_to_json(e)::text, ',') as rows
       from (select * from ${quoted(events)} where id > $1 order by id limit ${fetched}) e`,
      [after],
    )
    const [found] = rows
    if (!found || found.count === 0) return
    yield { ...found, table: events }
    after = found.last
    if (found.count < fetched) return
  }
}

/** @param after id of the last event already written */
async function* portionsOf(
  session: Session,
  table: string,
  after: string,
): AsyncGenerator<Portion> {
  const rest = table === events ? `where id > ${BigInt(after)}` : ''
  await session.query(
    `declare portico_rows no scroll cursor for
     select row_to_json(t)::text as row from ${quoted(table)} t ${rest}`,
  )
  let rows: string[] = []
  let length = 0
  const portion = () => ({ table, count: rows.length, rows: rows.join(',') })
  for (;;) {
    const found = await session.query<{ row: string }>(`fetch ${fetched} from portico_rows`)
    for (const { row } of found.rows) {
      rows.push(row)
      length += row.length
      if (length < lineLength) continue
      yield portion()
      rows = []
      length = 0
    }
    if (found.rows.length < fetched) break
  }
  if (rows.length > 0) yield portion()
  await session.query('close portico_rows')
}

async function headerOf(session: Session, origin: Origin): Promise<Header> {
  const migrations = await appliedMigrations(session)
  if (!migrations) throw new Error('there is nothing to back up: the database has no tables yet')
  refuseNewer(migrations, 'this database')
  const takenAt = new Date().toISOString()
  return { portico: 'backup', format: formatVersion, ...origin, takenAt, migrations }
}

type Sums = { counts: Record<string, number> }

async function* linesOf(session: Session, origin: Origin, sums: Sums): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const hashed = (line: string) => {
    hash.update(`${line}\n`)
    return `${line}\n`
  }
  yield hashed(JSON.stringify(await headerOf(session, origin)))
  const written = (portion: Portion) => {
    sums.counts[portion.table] = (sums.counts[portion.table] ?? 0) + portion.count
    return hashed(portionLine(portion))
  }
  let after = '0'
  if (session.hold) {
    for await (const portion of eventsAhead(session)) {
      after = portion.last
      yield written(portion)
    }
    await session.hold()
  }
  for (const statement of beginning) await session.query(statement)
  await liftStatementTimeout(session)
  for (const table of await tablesInOrder(session)) {
    sums.counts[table] ??= 0
    for await (const portion of portionsOf(session, table, after)) yield written(portion)
  }
  // later than the rows: a sequence never goes back
  const sequences = await readSequences(session)
  const sha256 = hash.digest('hex')
  const trailer: Trailer = { end: true, counts: sums.counts, sequences, sha256 }
  yield `${JSON.stringify(trailer)}\n`
}

/**
 * Writes a backup of a database as of one moment. Only the owner may read the file.
 *
 * @param file must not exist yet
 * @returns how many rows of each table it contains
 */
export async function dump(
  session: Session,
  origin: Origin,
  file: string,
): Promise<Readonly<Record<string, number>>> {
  const sums: Sums = { counts: {} }
  try {
    await pipeline(
      Readable.from(linesOf(session, origin, sums)),
      createGzip(),
      createWriteStream(/*turbopackIgnore: true*/ file, { flags: 'wx', mode: 0o600, flush: true }),
    )
    await session.query('commit')
    return sums.counts
  } catch (error) {
    await session.query('rollback').catch(() => undefined)
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(file, { force: true })
    throw error
  }
}
