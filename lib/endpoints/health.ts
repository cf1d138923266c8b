import 'server-only'
import { json, noStore, withoutBody } from '@/lib/http/responses'
import { processWide } from '@/lib/process-wide'
import { stopping } from '@/lib/runtime/stopping'
import { isAway } from '@/lib/store/database/availability'
import { unappliedMigrations } from '@/lib/store/database/vital-signs'
import type { RequestHandler } from './endpoint'

/** Whether requests should be sent to this process, and of each part `ok`, or why not. */
type Readiness = {
  readonly status: 'ready' | 'unready' | 'draining'
  readonly checks: Readonly<Record<'server' | 'database' | 'migrations', string>>
}

/** How long to wait for the database, in milliseconds. */
const timeoutMs = 2000
/** How long a result is cached, in milliseconds. */
const cacheMs = 1000

type Found = Pick<Readiness['checks'], 'database' | 'migrations'>

const cache = processWide('readiness', () => ({
  asking: null as Promise<Found> | null,
  found: null as Found | null,
  at: 0,
}))

/** Never returns the database's own words, which may name its host and its people. */
async function ask(): Promise<Found> {
  try {
    const missing = await unappliedMigrations(timeoutMs)
    const migrations = missing?.length === 0 ? 'ok' : `${missing?.length ?? 'all'} not applied`
    return { database: 'ok', migrations }
  } catch (error) {
    // by name: each bundle has its own class
    const isFailed = error instanceof Error && error.name === 'FailedMigrationError'
    return isFailed ? { database: 'ok', migrations: 'one failed' } : away
  }
}

const away: Found = { database: 'does not answer', migrations: 'unknown' }

const late: Found = { database: `no answer within ${timeoutMs / 1000} s`, migrations: 'unknown' }

/** One query at a time, however many callers wait and however long it takes. */
function found(): Promise<Found> {
  // a full or read-only database may answer this query, but no other requests
  if (isAway()) return Promise.resolve(away)
  if (cache.found && Date.now() - cache.at < cacheMs) return Promise.resolve(cache.found)
  cache.asking ??= ask()
    .then((found) => {
      Object.assign(cache, { found, at: Date.now() })
      return found
    })
    .finally(() => {
      cache.asking = null
    })
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<Found>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, late)
  })
  return Promise.race([cache.asking, timeout]).finally(() => clearTimeout(timer))
}

/**
 * Whether this process can serve: its database answers within two seconds, all migrations are applied,
 * and it is not stopping. Never throws, and queries the database at most once a second.
 */
export async function readiness(): Promise<Readiness> {
  if (stopping.aborted) {
    const checks = { server: 'stopping', database: 'unknown', migrations: 'unknown' }
    return { status: 'draining', checks }
  }
  const checks = { server: 'ok', ...(await found()) }
  const isReady = Object.values(checks).every((check) => check === 'ok')
  return { status: isReady ? 'ready' : 'unready', checks }
}

/** A health check is not recorded, and depends on nothing that could fail. */
const check =
  (look: () => Promise<{ readonly ok: boolean; readonly body: object }>): RequestHandler =>
  async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD', ...noStore } })
    }
    const { ok, body } = await look()
    const response = json(body, ok ? 200 : 503, noStore)
    return request.method === 'HEAD' ? withoutBody(response) : response
  }

/** Liveness: whether the supervisor should keep the process running. */
export const healthz = check(async () => ({ ok: true, body: { status: 'ok' } }))

/** Readiness: whether a load balancer should send requests here. See {@link readiness}. */
export const readyz = check(async () => {
  const ready = await readiness()
  return { ok: ready.status === 'ready', body: ready }
})
