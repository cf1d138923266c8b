import { newDataDir, templateFor } from '../server/template'
import { databaseFor } from './portico-database'

/** Gives the server modules of this process a new database. @returns a function that opens it */
export async function useOwnDatabase(): Promise<typeof import('@/lib/store/database/database')> {
  const dataDir = newDataDir(false)
  process.env.PORTICO_DATA_DIR = dataDir
  process.env.DATABASE_URL = (await databaseFor(dataDir, templateFor(false))) ?? ''
  return import('@/lib/store/database/database')
}
