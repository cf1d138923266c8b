import 'server-only'
import { newId } from '@/lib/oauth/secret'
import { processWide } from '@/lib/process-wide'
import { type NewSession, type Use, writeUsage } from '@/lib/store/usage'
import type { Caller } from './caller'
import type { MessageFacts } from './message'

/** Uses and sessions wait here, so that an MCP request waits for no database. */
const flushAfterMs = 500

type Waiting = {
  uses: Map<string, Use>
  sessions: NewSession[]
  timer: NodeJS.Timeout | null
  writing: Promise<void>
}

const waiting = processWide(
  'usage',
  (): Waiting => ({
    uses: new Map(),
    sessions: [],
    timer: null,
    writing: Promise.resolve(),
  }),
)

async function write(): Promise<void> {
  const uses = [...waiting.uses.values()]
  const { sessions } = waiting
  waiting.uses = new Map()
  waiting.sessions = []
  if (uses.length === 0 && sessions.length === 0) return
  try {
    await writeUsage(uses, sessions)
  } catch (error) {
    console.error(`usage of ${uses.length} tokens was not written: ${(error as Error).message}`)
  }
}

/** Writes what waits. */
export function flushUsage(): Promise<void> {
  if (waiting.timer) clearTimeout(waiting.timer)
  waiting.timer = null
  waiting.writing = waiting.writing.then(write)
  return waiting.writing
}

const later = (): void => {
  waiting.timer ??= setTimeout(() => void flushUsage(), flushAfterMs)
}

/** Notes an authenticated request. */
export function noteUse({ tokenId, grantId }: Caller, isToolCall: boolean, at: Date): void {
  const before = waiting.uses.get(tokenId)
  waiting.uses.set(tokenId, {
    tokenId,
    grantId,
    firstAt: before?.firstAt ?? at,
    lastAt: at,
    requests: (before?.requests ?? 0) + 1,
    calls: (before?.calls ?? 0) + (isToolCall ? 1 : 0),
  })
  later()
}

/** Notes that a client opened the endpoint. @returns the id of the session */
export function noteOpening({ grantId }: Caller, facts: MessageFacts, at: Date): string {
  const id = newId('ses_')
  waiting.sessions.push({
    id,
    grantId,
    protocolVersion: facts.claimedRevision ?? 'unknown',
    clientName: facts.clientName,
    clientVersion: facts.clientVersion,
    startedAt: at,
  })
  later()
  return id
}
