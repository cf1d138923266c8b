import 'server-only'
import type pg from 'pg'
import { SessionClient } from '@/lib/store/mcp/session-client'

/** The location of a database. */
export type DatabasePlace = { readonly url: string } | { readonly dataDir: string }

/** One connection to a database, for a backup or a restore only. */
export type Session = {
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>
  close(): Promise<void>
  /** blocks other queries when there is one session for all */
  hold?(): Promise<void>
}

/** A location's name, without its secrets. */
export function nameOf(place: DatabasePlace): string {
  if ('dataDir' in place) return `the embedded database in ${place.dataDir}`
  const { hostname, port, pathname } = new URL(place.url)
  return `PostgreSQL at ${hostname}${port ? `:${port}` : ''}${pathname}`
}

async function openPostgres(url: string): Promise<Session> {
  const client = new SessionClient({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  return { query: (text, values) => client.query(text, values), close: () => client.end() }
}

async function openDirectory(dataDir: string): Promise<Session> {
  const { openEmbedded, poolOver } = await import('@/lib/store/database/embedded')
  const embedded = await openEmbedded(dataDir, 'a command')
  const pool = poolOver(embedded)
  const client = await pool.connect()
  return {
    query: (text, values) => client.query(text, values),
    close: async () => {
      client.release()
      await pool.end()
      await embedded.close()
    },
  }
}

/** Opens a database as it is: creates and changes no table. */
export const openBackupSession = (place: DatabasePlace): Promise<Session> =>
  'url' in place ? openPostgres(place.url) : openDirectory(place.dataDir)
