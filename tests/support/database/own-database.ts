import { newDataDir, templateFor } from '../server/template'
import { databaseFor } from './portico-database'

/** Gives the server's modules, as this process has them, a new database of their own. @returns what opens it */
export async function useOwnDatabase(): Promise<typeof import('@/lib/store/database/database')> {
  const dataDir = newDataDir(false)
  process.env.PORTICO_DATA_DIR = dataDir
  process.env.DATABASE_URL = (await databaseFor(dataDir, templateFor(false))) ?? ''
  return import('@/lib/store/database/database')
}
