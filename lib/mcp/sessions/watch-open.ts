import 'server-only'
import { processWide } from '@/lib/process-wide'
import { complain } from '@/lib/store/database/availability'
import { isListening, subscribe } from '@/lib/store/database/notifications'
import { endedSessions } from '@/lib/store/mcp/sessions'
import { deadTokens } from '@/lib/store/tokens/state'
import { answersBefore, endStalled } from './open-answers'
import { openStreams } from './open-streams'

/**
 * How often it is looked whether what is open still may be, in milliseconds: a notification that tells
 * of an end can be lost. Sooner where none can be heard.
 */
const recheckMs = { listening: 10_000, deaf: 5000 }

const watch = processWide('mcp-watch', () => ({ isStarted: false, checkedAt: 0 }))

/**
 * Ends what is open by a token that no longer stands: revocation is felt at once (OAuth 2.1 §7.4).
 * What could not be found out stays open.
 *
 * @param grantId whose; everybody's where it is empty
 * @param before only answers that were asked for before, in milliseconds since the epoch
 */
async function endRevoked(grantId: string, before: number): Promise<void> {
  const concerned = [...openStreams(), ...answersBefore(before)].filter(
    ({ caller }) => grantId === '' || caller.grantId === grantId,
  )
  if (concerned.length === 0) return
  const dead = await deadTokens(new Set(concerned.map(({ caller }) => caller.tokenId)))
  for (const { caller, controller } of concerned) {
    if (dead.has(caller.tokenId)) controller.abort('access was revoked')
  }
}

/** Ends the streams of sessions that have ended. */
async function endOfEnded(): Promise<void> {
  const ended = await endedSessions(new Set(openStreams().flatMap((open) => open.sessionId ?? [])))
  for (const { sessionId, controller } of openStreams()) {
    if (sessionId !== null && ended.has(sessionId)) controller.abort('the session ended')
  }
}

const report = (error: unknown): void => complain('open streams', error)

function beat(): void {
  const now = Date.now()
  endStalled(now)
  if (now - watch.checkedAt < (isListening() ? recheckMs.listening : recheckMs.deaf)) return
  watch.checkedAt = now
  // most answers are over by the next time, and need no look at the database
  endRevoked('', now - recheckMs.deaf).catch(report)
  endOfEnded().catch(report)
}

/** Begins to watch over what is open; once per process. */
export function watchOpen(): void {
  if (watch.isStarted) return
  watch.isStarted = true
  subscribe('portico_grants', (grantId) => void endRevoked(grantId, Date.now()).catch(report))
  setInterval(beat, recheckMs.deaf).unref()
}
