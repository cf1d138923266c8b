import 'server-only'
import { logError } from '@/lib/runtime/log'
import { database, prisma } from '@/lib/store/database/database'
import { Prisma } from '@/lib/store/generated/client'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'
import { type Deleted, type PruneKind, pruneOrder } from './prune-order'

/**
 * Keeps the log below a size. Deleting does not shrink files: it frees room, which later rows use once
 * VACUUM has found it. So deletion starts early, and counts rows, whose size is measured. Indexes lose some
 * of their room to the rows left between deleted ones: they are rebuilt where the files have grown and the
 * rows have not.
 */

/**
 * Shares of the limit: how much may be used, and how much is used after a cut. The rest is for what is
 * written meanwhile; `lost` of it may be room that an index has lost.
 */
const shares = { used: 0.8, kept: 0.7, lost: 0.05 } as const
const mebibyte = 1024 * 1024
const sampled = 1000

const key = 'log-size.measured'
const tables = ['Event', 'Handshake', 'HandshakeEvent'] as const

/** Of events, and of the attempts made from them. */
type Sizes = { readonly events: number; readonly attempts: number }

/** Bytes of the files. @param of a function of PostgreSQL for the size of a table */
async function fileSizes(of: 'pg_total_relation_size' | 'pg_indexes_size'): Promise<Sizes> {
  const size = (table: string) => Prisma.raw(`${of}('"${table}"')::float8`)
  const [row] = await (await prisma()).$queryRaw<[Sizes]>`
    select ${size('Event')} as events,
      ${size('Handshake')} + ${size('HandshakeEvent')} as attempts`
  return row
}

const sum = ({ events, attempts }: Sizes): number => events + attempts

/** Bytes of the files of the log and its attempts, with their indexes. */
export const logBytes = async (): Promise<number> => sum(await fileSizes('pg_total_relation_size'))

async function countRows(): Promise<Sizes> {
  const [row] = await (await prisma()).$queryRaw<[Sizes]>`
    select (select count(*) from "Event")::float8 as events,
      (select count(*) from "Handshake")::float8 as attempts`
  return row
}

/** Bytes of one row without its indexes, by the newest; an attempt's includes what joins it. */
async function rowSizes(): Promise<Sizes> {
  const [row] = await (await prisma()).$queryRaw<[Sizes]>`
    select coalesce((select avg(pg_column_size(e)) from (
        select * from "Event" order by id desc limit ${sampled}) as e), 0)::float8 as events,
      coalesce((select avg(pg_column_size(h)) * 2 from (
        select * from "Handshake" order by "startedAt" desc, id desc limit ${sampled}) as h),
        0)::float8 as attempts`
  return row
}

const taken = (rows: Sizes, each: Sizes): number =>
  rows.events * each.events + rows.attempts * each.attempts

/** The last measurement: bytes of the files then, and the size of a row. */
type Measured = { readonly bytes: number; readonly each: Sizes }

async function readMeasured(): Promise<Measured | null> {
  const text = await readSetting(key)
  return text === null ? null : (JSON.parse(text) as Measured)
}

/** Rebuilds the indexes, one after another: others use the database too. */
async function packIndexes(): Promise<void> {
  const { pool, kind } = await database()
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where oid in (select indexrelid from pg_index where indrelid = any($1::regclass[]))`,
    [tables.map((table) => `"${table}"`)],
  )
  const how = kind === 'embedded' ? '' : 'concurrently'
  for (const { name } of rows) await pool.query(`reindex index ${how} ${name}`)
}

/** Finds the freed room, so that it is reused; PGlite never does so by itself. */
async function findRoom(): Promise<void> {
  const { pool } = await database()
  for (const table of tables) await pool.query(`vacuum "${table}"`)
}

/** Finds all free room, and measures. If that is not allowed, the database does so later. */
async function measure(rows: Sizes): Promise<Measured> {
  await findRoom()
    .then(packIndexes)
    .catch((error) => logError(`size of the log: ${(error as Error).message}`))
  const [all, indexes, row] = [
    await fileSizes('pg_total_relation_size'),
    await fileSizes('pg_indexes_size'),
    await rowSizes(),
  ]
  // a table may have unused room
  const each = (kind: keyof Sizes): number => {
    const most = Math.max(rows[kind], 1)
    return indexes[kind] / most + Math.min((all[kind] - indexes[kind]) / most, row[kind] * 1.5)
  }
  const measured = { bytes: sum(all), each: { events: each('events'), attempts: each('attempts') } }
  await writeSetting(key, JSON.stringify(measured))
  return measured
}

/** The rows' sizes when there are too many, or `null` while there is room. @param bound bytes */
async function tooMuch(bound: number): Promise<{ rows: Sizes; each: Sizes } | null> {
  const bytes = await logBytes()
  if (bytes <= bound * shares.used) return null
  const rows = await countRows()
  const isMuch = (each: Sizes): boolean => taken(rows, each) > bound * shares.used
  const known = await readMeasured()
  if (known && isMuch(known.each)) return { rows, each: known.each }
  if (known && bytes <= known.bytes + bound * shares.lost) return null
  const { each } = await measure(rows)
  return isMuch(each) ? { rows, each } : null
}

/** Deletes events of a kind until this many bytes are free, or none is left. */
async function deleteKind(kind: PruneKind, each: Sizes, bytes: number): Promise<Deleted> {
  let all: Deleted = { events: 0, attempts: 0, last: new Date(0) }
  for (let freed = 0; freed < bytes; freed = taken(all, each)) {
    const most = Math.ceil((bytes - freed) / Math.max(each.events, 1))
    const { events, attempts, last } = await kind(await prisma(), all.last ?? new Date(0), most)
    if (events + attempts === 0) break
    all = { events: all.events + events, attempts: all.attempts + attempts, last: last ?? all.last }
  }
  return all
}

/**
 * Deletes events while the log is too large: first what strangers left that became no attempt, then
 * attempts without a person, then what belongs to no attempt, attempts of people last, and of each the
 * oldest.
 *
 * @param megabytes the limit
 * @returns how many
 */
export async function trimLog(now: Date, megabytes: number): Promise<number> {
  const bound = megabytes * mebibyte
  const found = await tooMuch(bound)
  if (!found) return 0
  const { rows, each } = found
  let [surplus, deleted] = [taken(rows, each) - bound * shares.kept, 0]
  for (const kind of pruneOrder(now)) {
    const batch = await deleteKind(kind, each, surplus)
    surplus -= taken(batch, each)
    deleted += batch.events
  }
  // elsewhere the server does so later, even when this one may not
  if (deleted > 0) await findRoom().catch(() => undefined)
  return deleted
}
