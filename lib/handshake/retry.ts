import { type Attempt, mayBelong } from './attempt'
import { evidenceOf } from './evidence'
import type { HandshakeEvent } from './handshake'
import { placeOf } from './software'
import { dueAfterMs } from './stages'
import { standingOf } from './verdict'

/** Hosted Claude starts over 60–101 s after it gave up; a person who tries again takes longer. */
const retriesWithinMs = 150_000

/** With more attempts than this there is no particular one to retry, and judging all takes time. */
const maxJudged = 20

const sameVisitor = ({ browser, clientId }: Attempt, event: HandshakeEvent): boolean =>
  clientId !== null &&
  clientId === event.clientId &&
  browser !== null &&
  placeOf(browser.address) === placeOf(event.address)

/** The shortest time in which any step is due after the one before. */
const soonestMs = Math.min(...Object.values(dueAfterMs).filter((ms) => ms !== null))

/** A cheap test before judging: so young an attempt has not stalled, and nothing was refused. */
const isYoung = ({ events, startedAt, tokenAt }: Attempt, now: number): boolean =>
  tokenAt === null &&
  now - startedAt < soonestMs &&
  events.every((event) => evidenceOf(event, false).every(({ done }) => done))

function hasFailed({ events, connectedAt }: Attempt, now: number): boolean {
  if (connectedAt !== null) return false
  const { kind } = standingOf(events, now).verdict
  return kind === 'stalled' || kind === 'failed'
}

/**
 * The attempt that a new one retries: one of the same program and network that failed recently and was not
 * retried before. When several failed, each is retried in turn.
 *
 * @param event that opens the new attempt
 */
export function retriedBy(
  attempts: readonly Attempt[],
  retried: ReadonlySet<string>,
  event: HandshakeEvent,
): Attempt | null {
  const candidates = attempts.filter(
    (attempt) =>
      event.at - attempt.lastAt <= retriesWithinMs &&
      !retried.has(attempt.id) &&
      (mayBelong(attempt, event) || sameVisitor(attempt, event)) &&
      !isYoung(attempt, event.at),
  )
  return (
    candidates
      .toSorted((a, b) => a.lastAt - b.lastAt)
      .slice(0, maxJudged)
      .find((attempt) => hasFailed(attempt, event.at)) ?? null
  )
}
