import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { Portico } from '../server/portico-process'
import { databaseFor } from './portico-database'

/** Bytes of the files below a directory; skips files that vanish. */
function bytesBelow(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => {
      const stat = statSync(path.join(parentPath, name), { throwIfNoEntry: false })
      return sum + (stat?.size ?? 0)
    }, 0)
}

async function bytesOnServer(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query('select pg_database_size(current_database()) as bytes')
    return Number(rows[0].bytes)
  } finally {
    await client.end()
  }
}

/** Size of a running Portico's database on disk, in MiB. */
export async function databaseMebibytes({ dataDir }: Pick<Portico, 'dataDir'>): Promise<number> {
  const url = await databaseFor(dataDir)
  return (url ? await bytesOnServer(url) : bytesBelow(dataDir)) / 2 ** 20
}
