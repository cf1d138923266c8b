import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createDatabase, databaseUrl } from '../database/portico-database'

/**
 * A database with the tables and nothing in them. Making the embedded one takes seconds, and most
 * tests that start a Portico of their own are about something else: they begin with a copy.
 */

const root = path.join(import.meta.dirname, '../../..')
/** The name of the database; that of the directory is in `TEST_DATA_TEMPLATE`. */
const database = 'portico_template'

const migrateScript = `
  process.umask(0o077)
  const { database, closeDatabase } = await import('./lib/store/database.ts')
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
  if (code !== 0) throw new Error('the template of the tests’ databases could not be made')
}

/** Makes the template, for all workers of this run. @returns the directory, to be removed in the end */
export async function makeTemplate(): Promise<string> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-template-'))
  const server = process.env.TEST_DATABASE_URL
  if (server) await createDatabase(server, database)
  await migrate(directory, server ? databaseUrl(server, database) : '')
  process.env.TEST_DATA_TEMPLATE = directory
  return directory
}

/** Whether there is a template; bench and scale begin with nothing. */
const isMade = (): boolean => Boolean(process.env.TEST_DATA_TEMPLATE)

/** A new data directory. @param isEmpty whether its database is yet to be made */
export function newDataDir(isEmpty: boolean): string {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'portico-test-'))
  const template = process.env.TEST_DATA_TEMPLATE
  if (template && !isEmpty) cpSync(template, directory, { recursive: true })
  return directory
}

/** The database that a new one is a copy of; `null` for one without tables. */
export const templateFor = (isEmpty: boolean): string | null =>
  isMade() && !isEmpty ? database : null
