import 'server-only'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { attachDatabasePool } from '@vercel/functions/db-connections'
import pg from 'pg'
import { env } from '@/lib/config/env'
import {
  type DatabaseAwayError,
  isLackOfConnections,
  isUnavailable,
  stateOf,
} from '@/lib/runtime/database-errors'
import { Prisma } from '@/lib/store/generated/client'
import { SessionClient } from '@/lib/store/mcp/session-client'
import { awayError, onOutage, setProbe, suspectOutage } from './availability'

/** The longest wait for a connection, and for one answer of the database, in milliseconds. */
const timeouts = { connectionTimeoutMillis: 10_000, query_timeout: 60_000 }
/** Network devices drop connections that are silent for minutes. */
export const keptAlive = { keepAlive: true, keepAliveInitialDelayMillis: 30_000 }
/** A connection in use for this long triggers a probe. */
const suspectAfterMs = 2000
const lookEveryMs = 1000
/** A probe is one connection and one query. */
const probeMs = 1500

/** Members of node-postgres that its types lack. */
type Wire = {
  readonly stream: { readonly localPort?: number; destroy(error?: Error): void }
  on(event: 'errorMessage', listener: (error: unknown) => void): void
}
const wireOf = (client: object): Wire => (client as { connection: Wire }).connection

/** A PostgreSQL process, and the local port that it serves. */
type Backend = { readonly pid: number; readonly port: number }

type Release = (error?: Error | boolean) => void
type Taken = (error: Error | undefined, client: pg.PoolClient | undefined, done: Release) => void

const nothing = (): void => {}

/**
 * A pool that fails at once during an outage. When the outage begins, callers waiting for a connection or
 * an answer fail immediately, and no older connection is used again: the server at its other end may have
 * stopped silently.
 */
class WatchedPool extends pg.Pool {
  readonly #open: Set<pg.Client>
  readonly #waiting = new Map<Taken, Taken>()
  readonly #since = new Map<pg.PoolClient, number>()
  readonly #look: NodeJS.Timeout
  /** unsubscribes from outages */
  unwatch: () => void = nothing
  /** backends of connections that were dropped mid-query */
  abandoned: Backend[] = []

  constructor(config: pg.PoolConfig) {
    const open = new Set<pg.Client>()
    class Client extends SessionClient {
      constructor(options: pg.ClientConfig) {
        super(options)
        open.add(this)
        this.on('end', () => open.delete(this))
        // the running query gets the error; without a listener the process would end
        this.on('error', (error) => onError(this, error))
        wireOf(this).on('errorMessage', (error) => onError(this, error))
      }
    }
    super({ ...keptAlive, ...timeouts, ...config, Client } as unknown as pg.PoolConfig)
    this.#open = open
    // an idle connection may end: the next one finds out why
    const onError = (client: pg.Client, error: unknown) => {
      if (this.#since.has(client as pg.PoolClient)) suspectOutage(error)
    }
    this.on('acquire', (client) => this.#since.set(client, Date.now()))
    this.on('release', (_error, client) => this.#since.delete(client))
    this.on('remove', (client) => this.#since.delete(client))
    this.on('error', nothing)
    this.#look = setInterval(() => this.#suspect(), lookEveryMs)
    this.#look.unref()
  }

  override connect(): Promise<pg.PoolClient>
  override connect(taken: Taken): void
  override connect(taken?: Taken): Promise<pg.PoolClient> | undefined {
    if (taken) {
      this.#take(taken)
      return undefined
    }
    return new Promise((resolve, reject) => {
      this.#take((error, client) => (client ? resolve(client) : reject(error)))
    })
  }

  override end(): Promise<void> {
    clearInterval(this.#look)
    this.unwatch()
    return super.end()
  }

  /** Whether a working connection exists, as far as is known. */
  get isConnected(): boolean {
    return this.idleCount > 0 || this.#since.size > 0
  }

  /** Ends every connection, including those being opened. */
  drop(error: DatabaseAwayError): void {
    for (const client of this.#since.keys()) {
      const { processID: pid } = client as unknown as { processID: number | null }
      const { localPort: port } = wireOf(client).stream
      if (pid && port) this.abandoned.push({ pid, port })
    }
    for (const [once, taken] of this.#waiting) {
      this.#waiting.delete(once)
      taken(error, undefined, nothing)
    }
    // not the same error: the query may have been carried out
    const cut = new Error(`Connection terminated: ${error.message}`)
    for (const client of this.#open) wireOf(client).stream.destroy(cut)
  }

  #take(taken: Taken): void {
    const away = awayError()
    if (away) {
      process.nextTick(taken, away, undefined, nothing)
      return
    }
    const once: Taken = (error, client, release) => {
      // the caller already got the outage error
      if (!this.#waiting.delete(once)) return release()
      if (error) suspectOutage(error)
      taken(error, client, release)
    }
    this.#waiting.set(once, taken)
    super.connect(once as Parameters<pg.Pool['connect']>[0])
  }

  #suspect(): void {
    const before = Date.now() - suspectAfterMs
    const isLong = [...this.#since.values()].some((since) => since < before)
    if (isLong) suspectOutage(new Error('Connection terminated: no answer for 2 s'))
  }
}

/** A full disk concerns every writer. */
const isFullDisk = (error: unknown): boolean => /^(53100|58030)$/.test(stateOf(error) ?? '')

/** In its own transaction: a failed one left open would block the embedded database's only session. */
const writes = `create temporary table portico_probe on commit drop
  as select repeat('portico', 1000) from generate_series(1, 100)`

/** A role that lost privileges; for the embedded database, a read-only disk. */
const isDenied = (error: unknown): boolean => stateOf(error) === '42501'

/** For a schema that the role may not use, PostgreSQL reports its tables as missing. */
const isMissing = (error: unknown): boolean => /^(42P01|3F000)$/.test(stateOf(error) ?? '')

const tables = Object.values(Prisma.ModelName)

/**
 * Our first table that is missing or may not be read and changed; for a schema that may not be used, its
 * path.
 */
const closedTable = `select name, "isThere" from (
    select current_setting('search_path') as name, true as "isThere" where current_schema() is null
    union all
    select wanted.name, c.oid is not null from unnest($1::text[]) as wanted (name)
      left join pg_class c on c.relname = wanted.name
        and c.relnamespace = to_regnamespace(quote_ident(current_schema()))
      where current_schema() is not null and (c.oid is null
        or not (has_table_privilege(c.oid, 'SELECT') and has_table_privilege(c.oid, 'INSERT')
          and has_table_privilege(c.oid, 'UPDATE') and has_table_privilege(c.oid, 'DELETE')))
  ) as closed order by name limit 1`

/** @throws {Error} when the role may not use all tables */
async function checkTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; isThere: boolean }>(closedTable, [tables])
  const [closed] = rows
  if (!closed) return
  const { name, isThere } = closed
  throw new Error(isThere ? `permission denied for ${name}` : `table ${name} is not there`)
}

const stillThere = `select pid from pg_stat_activity
  join jsonb_to_recordset($1::jsonb) as gone (pid int, port int) using (pid)
  where client_port = port and usename = current_user`

/**
 * Ends the backends of dropped connections: a server that stood still would continue the statement it had
 * been sent, after the caller has checked whether it was carried out. Behind a pooler the numbers match no
 * process, and none is ended.
 */
async function endAbandoned(client: pg.Client, abandoned: readonly Backend[]): Promise<void> {
  if (abandoned.length === 0) return
  const values = [JSON.stringify(abandoned)]
  await client.query(`select pg_terminate_backend(pid) from (${stillThere}) as abandoned`, values)
  for (let look = 0; look < 20; look += 1) {
    if ((await client.query(stillThere, values)).rowCount === 0) return
    await sleep(20)
  }
}

/** Probes over its own connection. @throws {Error} when the database cannot be written to */
async function ask(pool: WatchedPool, suspicion: unknown): Promise<void> {
  const { connectionString } = pool.options
  const client = new SessionClient({
    connectionString,
    connectionTimeoutMillis: probeMs,
    query_timeout: probeMs,
  })
  client.on('error', nothing)
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('transaction_read_only') = 'on' as "isReadOnly"`,
    )
    if (rows[0].isReadOnly) throw new Error('it is read-only')
    if (isFullDisk(suspicion)) await client.query(writes)
    if (isDenied(suspicion) || isMissing(suspicion)) await checkTables(client)
    await endAbandoned(client, pool.abandoned)
    pool.abandoned = []
    void client.end().catch(nothing)
  } catch (error) {
    wireOf(client).stream.destroy()
    throw error
  }
}

/** How long an idle connection is kept: a function cannot end before its last connection is closed. */
const idleMs = { serverless: 1000, host: 10_000 }

/** A pool on a PostgreSQL server, or a pooler in front of it, that watches whether it is available. */
export function postgresPool(connectionString: string): pg.Pool {
  const { databasePool: max, isServerless } = env()
  const idleTimeoutMillis = isServerless ? idleMs.serverless : idleMs.host
  const pool = new WatchedPool({ connectionString, max, idleTimeoutMillis })
  setProbe(async (suspicion) => {
    try {
      await ask(pool, suspicion)
    } catch (error) {
      // it answers; its connections are all in use, here or elsewhere
      if (isLackOfConnections(error) && pool.isConnected) return
      throw error
    }
  })
  pool.unwatch = onOutage((error) => pool.drop(error))
  // a connection that was frozen with its function may be dead afterwards: none stays open
  if (isServerless) attachDatabasePool(pool)
  return pool
}

/**
 * Detects a full disk, lost files or a closed embedded database: it has no connection to lose, and the
 * failed session is the only way to ask.
 *
 * @param directory where its files are
 */
export function watchEmbedded(pool: pg.Pool, directory: string): void {
  const needed = path.join(/*turbopackIgnore: true*/ directory, 'PG_VERSION')
  setProbe(async (suspicion) => {
    // it would continue to answer from memory
    if (!existsSync(/*turbopackIgnore: true*/ needed)) throw new Error(`${directory} is gone`)
    const isOfDisk = isFullDisk(suspicion) || isDenied(suspicion)
    await pool.query(isOfDisk ? writes : 'select 1').catch((error) => {
      if (isUnavailable(error)) throw error
    })
  })
}
