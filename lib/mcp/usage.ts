import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { complain, isAway, onReturn } from '@/lib/store/database/availability'
import { type SessionUse, type Use, usageWrites } from '@/lib/store/grants/usage'
import type { Caller } from './caller'

/** Uses are buffered for this long, so that no MCP request waits for the database. */
const flushAfterMs = 500
/** When to retry a failed write, in milliseconds. */
const againAfterMs = 1000

type Waiting = {
  uses: Map<string, Use>
  sessions: Map<string, SessionUse>
  timer: NodeJS.Timeout | null
  writing: Promise<void>
  /** statements not yet run for what was already taken from the buffer */
  rest: (() => Promise<unknown>)[]
}

const waiting = processWide(
  'usage',
  (): Waiting => ({
    uses: new Map(),
    sessions: new Map(),
    timer: null,
    writing: Promise.resolve(),
    rest: [],
  }),
)
processWide('usage-late', () => onReturn(() => flushUsage().then(() => 0)))

async function write(): Promise<void> {
  // uses during an outage are merged, and written when the database is back
  if (isAway() || !(await writeRest())) return
  waiting.rest = usageWrites([...waiting.uses.values()], [...waiting.sessions.values()])
  waiting.uses = new Map()
  waiting.sessions = new Map()
  await writeRest()
}

/** Runs each statement once, since repeating one would count twice. @returns whether none is left */
async function writeRest(): Promise<boolean> {
  for (let [next] = waiting.rest; next; [next] = waiting.rest) {
    try {
      await next()
    } catch (error) {
      complain('usage was not written', error)
      if (isUnavailable(error)) {
        later(true)
        return false
      }
    }
    waiting.rest.shift()
  }
  return true
}

/** Writes buffered uses. */
export function flushUsage(): Promise<void> {
  if (waiting.timer) clearTimeout(waiting.timer)
  waiting.timer = null
  waiting.writing = waiting.writing.then(write)
  return waiting.writing
}

async function flushIn(ms: number): Promise<void> {
  await sleep(ms)
  await flushUsage()
}

/** @param isAgain whether the last write failed */
function later(isAgain = false): void {
  const ms = isAgain ? againAfterMs : flushAfterMs
  if (env().isServerless) afterAnswer(() => flushIn(isAgain ? ms : 0))
  else waiting.timer ??= setTimeout(() => void flushUsage(), ms)
}

/** What an authenticated request was for. */
export type Purpose = {
  readonly isToolCall: boolean
  /**
   * public id of its session; `null` when a request of an older revision has none, which counts for
   * the newest session of its grant; `undefined` where the revision has no sessions
   */
  readonly sessionId: string | null | undefined
}

function noteSession(grantId: string, sessionId: string | null, calls: number, at: Date): void {
  const key = sessionId ?? `newest of ${grantId}`
  const before = waiting.sessions.get(key)
  waiting.sessions.set(key, {
    sessionId,
    grantId,
    lastAt: at,
    requests: (before?.requests ?? 0) + 1,
    calls: (before?.calls ?? 0) + calls,
  })
}

/** Records an authenticated request. */
export function noteUse({ tokenId, grantId }: Caller, purpose: Purpose, at: Date): void {
  const calls = purpose.isToolCall ? 1 : 0
  const before = waiting.uses.get(tokenId)
  waiting.uses.set(tokenId, {
    tokenId,
    grantId,
    firstAt: before?.firstAt ?? at,
    lastAt: at,
    calls: (before?.calls ?? 0) + calls,
  })
  if (purpose.sessionId !== undefined) noteSession(grantId, purpose.sessionId, calls, at)
  later()
}
