import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { complain, isAway, onReturn } from '@/lib/store/database/availability'
import { type SessionUse, type Use, usageWrites } from '@/lib/store/grants/usage'
import type { Caller } from './caller'

/** Uses wait here, so that an MCP request waits for no database. */
const flushAfterMs = 500
/** How soon what could not be written is tried again, in milliseconds. */
const againAfterMs = 1000

type Waiting = {
  uses: Map<string, Use>
  sessions: Map<string, SessionUse>
  timer: NodeJS.Timeout | null
  writing: Promise<void>
  /** statements that are still to be made of what was taken before */
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
  // what is used while the database is away is merged, and written when it is back
  if (isAway() || !(await writeRest())) return
  waiting.rest = usageWrites([...waiting.uses.values()], [...waiting.sessions.values()])
  waiting.uses = new Map()
  waiting.sessions = new Map()
  await writeRest()
}

/** Each statement counts once: one that was made is not made again. @returns whether none is left */
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

/** Writes what waits. */
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

/** @param isAgain whether it was tried a moment ago */
function later(isAgain = false): void {
  const ms = isAgain ? againAfterMs : flushAfterMs
  if (env().isServerless) afterAnswer(() => flushIn(isAgain ? ms : 0))
  else waiting.timer ??= setTimeout(() => void flushUsage(), ms)
}

/** What an authenticated request was for. */
export type Purpose = {
  readonly isToolCall: boolean
  /**
   * public id of its session; `null` where an older revision named none, which counts for the newest
   * one of its grant; `undefined` where the revision has no sessions
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

/** Notes an authenticated request. */
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
