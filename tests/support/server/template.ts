import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createDatabase, databaseUrl } from '../database/portico-database'

/**
 * A database with empty tables. Creating the embedded one takes seconds, and most
 * tests with their own Portico are about something else: they start from a copy.
 */

const root = path.join(import.meta.dirname, '../../..')
/** The name of the database; `TEST_DATA_TEMPLATE` has the directory's. */
const database = 'portico_template'

const migrateScript = `
  process.umask(0o077)
  const { database, closeDatabase } = await import('./lib/store/database/database.ts')
  await database()
  await closeDatabase()`

async function migrate(dataDir: string, url: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=react-server', '--input-type=module', '-e', migrateScript],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PORTICO_DATA_DIR: dataDir, DATABASE_URL: url },
    },
  )
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the database template could not be created')
}

/** Creates the template for all workers. @returns the directory, to remove at the end */
export async function makeTemplate(): Promise<string> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-template-'))
  const server = process.env.TEST_DATABASE_URL
  if (server) await createDatabase(server, database)
  await migrate(directory, server ? databaseUrl(server, database) : '')
  process.env.TEST_DATA_TEMPLATE = directory
  return directory
}

/** Whether there is a template; bench and scale start without. */
const isMade = (): boolean => Boolean(process.env.TEST_DATA_TEMPLATE)

/** A new data directory. @param isEmpty whether to leave out the database */
export function newDataDir(isEmpty: boolean): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-test-'))
  const template = process.env.TEST_DATA_TEMPLATE
  if (template && !isEmpty) cpSync(template, directory, { recursive: true })
  return directory
}

/** The database to copy for a new one; `null` for one without tables. */
export const templateFor = (isEmpty: boolean): string | null =>
  isMade() && !isEmpty ? database : null
