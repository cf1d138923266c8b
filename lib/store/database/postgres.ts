import 'server-only'
import { attachDatabasePool } from '@vercel/functions/db-connections'
import type pg from 'pg'
import { env } from '@/lib/config/env'
import { openPool } from './pool'

/** How long an idle connection is kept: a function cannot end before its last connection is closed. */
const idleMs = { serverless: 1000, host: 10_000 }

/** A pool of connections to a PostgreSQL server, or to a pooler in front of it. */
export function postgresPool(connectionString: string): pg.Pool {
  const { databasePool: max, isServerless } = env()
  const idleTimeoutMillis = isServerless ? idleMs.serverless : idleMs.host
  const pool = openPool(connectionString, { max, idleTimeoutMillis })
  // a connection that was frozen with its function may be dead afterwards: none stays open
  if (isServerless) attachDatabasePool(pool)
  return pool
}
