import 'server-only'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/** Thrown when the data directory cannot be used; the message says what to do. */
export class DataDirectoryError extends Error {
  override name = 'DataDirectoryError'
}

/** A little more than PostgreSQL writes before it answers. */
const neededBytes = 2 * 1024 * 1024

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full',
  EDQUOT: 'the quota of its user is used up',
  EROFS: 'it can only be read',
  EACCES: 'this user may not write there',
}

/** Why nothing can be written in a directory, or `null`. */
function whyNotWritable(directory: string): string | null {
  const at = path.join(/*turbopackIgnore: true*/ directory, `room-${process.pid}.tmp`)
  try {
    writeFileSync(/*turbopackIgnore: true*/ at, new Uint8Array(neededBytes), { mode: 0o600 })
    return null
  } catch (error) {
    return reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? null
  } finally {
    rmSync(/*turbopackIgnore: true*/ at, { force: true })
  }
}

/** Creates the data directory if it does not exist. @throws {DataDirectoryError} */
export function makeDataDirectory(dataDir: string): void {
  try {
    mkdirSync(/*turbopackIgnore: true*/ dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    const { message } = error as Error
    // Node reports ENOENT for a directory to be created on a read-only disk
    const why = whyNotWritable(existingAbove(dataDir))
    throw new DataDirectoryError(
      `the data directory ${dataDir} cannot be created${why ? `: ${why}` : ''} (${message}): set PORTICO_DATA_DIR to another one`,
      { cause: error },
    )
  }
}

/** The nearest existing directory above. */
function existingAbove(directory: string): string {
  const above = path.dirname(directory)
  const isThere = above === directory || existsSync(/*turbopackIgnore: true*/ above)
  return isThere ? above : existingAbove(above)
}

/**
 * Explains why a database cannot be created or opened: PGlite gives no reason, and PostgreSQL's own never
 * reaches the console.
 *
 * @throws {DataDirectoryError}
 */
export async function withExplanation<Result>(
  dataDir: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DataDirectoryError) throw error
    const { code = '', message } = error as NodeJS.ErrnoException
    const why = reasons[code] ?? whyNotWritable(dataDir)
    throw new DataDirectoryError(
      why
        ? `the embedded database in ${dataDir} cannot be opened: ${why} (${message}). Nothing is lost: start again when that is fixed`
        : `the embedded database in ${dataDir} cannot be opened (${message}): if this persists, its files are damaged: restore a backup`,
      { cause: error },
    )
  }
}

/** Without both there is no database, and PostgreSQL's own message about that helps nobody. */
const requiredFiles = ['PG_VERSION', 'global/pg_control']

const isThere = (directory: string, name: string): boolean =>
  existsSync(path.join(/*turbopackIgnore: true*/ directory, name))

/** How much of the archive to unpack before waiting for the writes, in bytes. */
const step = 16 * 1024

async function unpack(archive: string, into: string): Promise<void> {
  const { extract } = await import('tar')
  mkdirSync(/*turbopackIgnore: true*/ into, { recursive: true, mode: 0o700 })
  const bytes = Buffer.from(archive, 'base64')
  const writer = extract({ cwd: into, strict: true, brotli: true })
  const closed = once(writer, 'close')
  // a failure during the loop is thrown there
  closed.catch(() => undefined)
  for (let at = 0; at < bytes.length; at += step) {
    if (!writer.write(bytes.subarray(at, at + step))) await once(writer, 'drain')
  }
  writer.end()
  await closed
}

/**
 * Creates an empty database with `initdb`, which takes 700 MB of memory for some seconds. Its log uses the
 * smallest segments that PostgreSQL has, instead of 16 MB each.
 */
export async function initialise(directory: string): Promise<void> {
  const database = await PGlite.create(directory, { initDbStartParams: ['--wal-segsize=1'] })
  await database.close()
}

/**
 * Creates the database in a directory if there is none: from the one that the build prepared, with its
 * tables, else with `initdb`. It appears complete or not at all, even when this process is killed.
 *
 * @throws {DataDirectoryError} when the directory holds something else, or an incomplete database
 */
export async function ensureCluster(directory: string): Promise<void> {
  if (requiredFiles.every((name) => isThere(directory, name))) return
  if (existsSync(/*turbopackIgnore: true*/ directory)) {
    if (readdirSync(/*turbopackIgnore: true*/ directory).length > 0) {
      throw new DataDirectoryError(
        `${directory} holds files but no whole database, perhaps from an older release that was killed on its first start; move it away, or restore it`,
      )
    }
    rmdirSync(/*turbopackIgnore: true*/ directory)
  }
  const unfinished = `${directory}.unfinished`
  rmSync(/*turbopackIgnore: true*/ unfinished, { recursive: true, force: true })
  // not loaded when a database exists
  const { emptyDatabase } = await import('@/lib/store/generated/empty-database')
  if (emptyDatabase) await unpack(emptyDatabase, unfinished)
  else await initialise(unfinished)
  renameSync(/*turbopackIgnore: true*/ unfinished, directory)
}
