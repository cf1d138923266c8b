import 'server-only'
import { attachDatabasePool } from '@vercel/functions/db-connections'
import type pg from 'pg'
import { env } from '@/lib/config/env'
import { openPool } from './pool'

/** So long is an unused connection kept: a function is held until the last one is closed. */
const idleMs = { serverless: 1000, host: 10_000 }

/** A pool of connections to a PostgreSQL server, or to a pooler in front of it. */
export function postgresPool(connectionString: string): pg.Pool {
  const { databasePool: max, isServerless } = env()
  const idleTimeoutMillis = isServerless ? idleMs.serverless : idleMs.host
  const pool = openPool(connectionString, { max, idleTimeoutMillis })
  // a connection that slept with its function may be dead when it wakes: none is left open
  if (isServerless) attachDatabasePool(pool)
  return pool
}
