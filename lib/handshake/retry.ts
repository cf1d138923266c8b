import { type Attempt, mayBelong } from './attempt'
import type { HandshakeEvent } from './handshake'
import { standingOf } from './verdict'

/** Hosted Claude starts anew 60–101 s after it gave up; a person who tries again takes longer. */
const retriesWithinMs = 150_000

const sameVisitor = ({ browser, clientId }: Attempt, event: HandshakeEvent): boolean =>
  clientId !== null && clientId === event.clientId && browser?.address === event.address

function hasFailed({ events, connectedAt }: Attempt, now: number): boolean {
  if (connectedAt !== null) return false
  const { kind } = standingOf(events, now).verdict
  return kind === 'stalled' || kind === 'failed'
}

/**
 * The attempt that a new one retries: one of the same program and network that failed lately and
 * was not retried before. Where several failed, each is retried in its turn.
 *
 * @param event that opens the new attempt
 */
export function retriedBy(
  attempts: readonly Attempt[],
  retried: ReadonlySet<string>,
  event: HandshakeEvent,
): Attempt | null {
  const failed = attempts.filter(
    (attempt) =>
      event.at - attempt.lastAt <= retriesWithinMs &&
      !retried.has(attempt.id) &&
      (mayBelong(attempt, event) || sameVisitor(attempt, event)) &&
      hasFailed(attempt, event.at),
  )
  return failed.toSorted((a, b) => a.lastAt - b.lastAt)[0] ?? null
}
