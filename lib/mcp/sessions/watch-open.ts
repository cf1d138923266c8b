import 'server-only'
import { processWide } from '@/lib/process-wide'
import { logFailure } from '@/lib/store/database/availability'
import { isListening, subscribeToChannel } from '@/lib/store/database/notifications'
import { endedSessions } from '@/lib/store/mcp/sessions'
import { deadTokens } from '@/lib/store/tokens/state'
import { answersBefore, endStalled } from './open-answers'
import { openStreams } from './open-streams'

/**
 * How often to recheck whatever is open, in milliseconds: a notification of an end can be lost. More
 * often while notifications do not arrive.
 */
const recheckMs = { listening: 10_000, polling: 5000 }

const watch = processWide('mcp-watch', () => ({ isStarted: false, checkedAt: 0 }))

/**
 * Ends streams and answers whose token is no longer valid: revocation takes effect at once (OAuth 2.1
 * §7.4). They stay open when that cannot be determined.
 *
 * @param grantId the grant to check; empty for all
 * @param before only answers requested before this, in milliseconds since the epoch
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
async function endEndedSessions(): Promise<void> {
  const ended = await endedSessions(new Set(openStreams().flatMap((open) => open.sessionId ?? [])))
  for (const { sessionId, controller } of openStreams()) {
    if (sessionId !== null && ended.has(sessionId)) controller.abort('the session ended')
  }
}

const report = (error: unknown): void => logFailure('open streams', error)

function check(): void {
  const now = Date.now()
  endStalled(now)
  if (now - watch.checkedAt < (isListening() ? recheckMs.listening : recheckMs.polling)) return
  watch.checkedAt = now
  // most answers are done by the next check, and need no query
  endRevoked('', now - recheckMs.polling).catch(report)
  endEndedSessions().catch(report)
}

/** Starts watching open streams and answers, once per process. */
export function watchOpen(): void {
  if (watch.isStarted) return
  watch.isStarted = true
  subscribeToChannel(
    'portico_grants',
    (grantId) => void endRevoked(grantId, Date.now()).catch(report),
  )
  setInterval(check, recheckMs.polling).unref()
}
