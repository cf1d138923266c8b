import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { isAway, logFailure, onRecovery } from '@/lib/store/database/availability'
import { type SessionUse, type Use, usageWrites } from '@/lib/store/grants/usage'
import type { McpCaller } from './caller'

/** Uses are buffered for this long, so that no MCP request waits for the database. */
const flushAfterMs = 500
/** When to retry a failed write, in milliseconds. */
const retryAfterMs = 1000

const pending = processWide('usage', () => ({
  uses: new Map<string, Use>(),
  sessions: new Map<string, SessionUse>(),
  timer: null as NodeJS.Timeout | null,
  writing: Promise.resolve(),
  /** statements not yet run for what was already taken from the buffer */
  rest: [] as (() => Promise<unknown>)[],
}))
processWide('usage-late', () => onRecovery(() => flushUsage().then(() => 0)))

async function write(): Promise<void> {
  // uses during an outage are merged, and written when the database is back
  if (isAway() || !(await writeRest())) return
  pending.rest = usageWrites([...pending.uses.values()], [...pending.sessions.values()])
  pending.uses = new Map()
  pending.sessions = new Map()
  await writeRest()
}

/** Runs each statement once, since repeating one would count twice. @returns whether none is left */
async function writeRest(): Promise<boolean> {
  for (let [next] = pending.rest; next; [next] = pending.rest) {
    try {
      await next()
    } catch (error) {
      logFailure('usage was not written', error)
      if (isUnavailable(error)) {
        schedule(true)
        return false
      }
    }
    pending.rest.shift()
  }
  return true
}

/** Writes buffered uses. */
export function flushUsage(): Promise<void> {
  if (pending.timer) clearTimeout(pending.timer)
  pending.timer = null
  pending.writing = pending.writing.then(write)
  return pending.writing
}

async function flushIn(ms: number): Promise<void> {
  await sleep(ms)
  await flushUsage()
}

/** @param isRetry whether the last write failed */
function schedule(isRetry = false): void {
  const ms = isRetry ? retryAfterMs : flushAfterMs
  if (env().isServerless) afterAnswer(() => flushIn(isRetry ? ms : 0))
  else pending.timer ??= setTimeout(() => void flushUsage(), ms)
}

function noteSession(grantId: string, sessionId: string | null, calls: number, at: Date): void {
  const key = sessionId ?? `newest of ${grantId}`
  const before = pending.sessions.get(key)
  pending.sessions.set(key, {
    sessionId,
    grantId,
    lastAt: at,
    requests: (before?.requests ?? 0) + 1,
    calls: (before?.calls ?? 0) + calls,
  })
}

/**
 * Records an authenticated request.
 *
 * @param sessionId public id; `null` when a request of an older revision has none, which counts for
 *   the newest session of its grant; `undefined` where the revision has no sessions
 */
export function noteUse(
  { tokenId, grantId }: McpCaller,
  isToolCall: boolean,
  sessionId: string | null | undefined,
  at: Date,
): void {
  const calls = isToolCall ? 1 : 0
  const before = pending.uses.get(tokenId)
  pending.uses.set(tokenId, {
    tokenId,
    grantId,
    firstAt: before?.firstAt ?? at,
    lastAt: at,
    calls: (before?.calls ?? 0) + calls,
  })
  if (sessionId !== undefined) noteSession(grantId, sessionId, calls, at)
  schedule()
}
