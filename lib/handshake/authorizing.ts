import { type Attempt, isInCloud, mayBelong } from './attempt'
import type { HandshakeEvent } from './handshake'
import { joinsWithinMs } from './places'
import { personMayTakeMs } from './stages'
import { surfaceOf } from './surface'

/** A discovery that a browser follows at once, rather than one of somebody else's. */
const followsAtOnceMs = 10_000
/** Refused visits of one browser, which a person reloads. */
const reloadsWithinMs = 10 * 60_000

const isOpen = ({ tokenAt, decidedAt, mcpAt }: Attempt): boolean =>
  tokenAt === null && decidedAt === null && mcpAt === null

const sameBrowser = ({ browser }: Attempt, { address, userAgent }: HandshakeEvent): boolean =>
  browser !== null && browser.address === address && browser.userAgent === userAgent

/** The client registered in this attempt, and the browser has not come yet. */
const awaitsBrowser = (attempt: Attempt, event: HandshakeEvent): boolean =>
  isOpen(attempt) &&
  attempt.clientId === event.clientId &&
  attempt.authorizedAt === null &&
  event.at - attempt.lastAt <= personMayTakeMs

/** The person reloads the page, or goes back to it. */
const reloads = (attempt: Attempt, event: HandshakeEvent): boolean =>
  isOpen(attempt) &&
  attempt.clientId === event.clientId &&
  sameBrowser(attempt, event) &&
  event.at - attempt.lastAt <= (attempt.authorizedAt === null ? reloadsWithinMs : personMayTakeMs)

/** An attempt that discovered, and whose client needs no registration: its id is known, or a URL. */
function discovered(attempt: Attempt, event: HandshakeEvent, within: number): boolean {
  if (!isOpen(attempt) || attempt.clientId !== null || attempt.browser !== null) return false
  if (event.at - attempt.lastAt > within) return false
  const surface = surfaceOf([{ ...event, agent: null }])
  return surface === 'claude-hosted' || surface === 'chatgpt'
    ? isInCloud(attempt) && surface === surfaceOf(attempt.events)
    : attempt.sources.has(event.address ?? '')
}

/** How far a discovery came; whoever has read everything is the likeliest to go on. */
const missing = ({ resourceAt, serverAt }: Attempt): number =>
  (resourceAt === null ? 1 : 0) + (serverAt === null ? 1 : 0)

/** The only one of its kind; where there are several, nothing tells them apart. */
const onlyOf = (attempts: readonly Attempt[]): Attempt | null =>
  attempts.length === 1 ? (attempts[0] ?? null) : null

const firstOf = (attempts: readonly Attempt[]): Attempt | null =>
  attempts.toSorted((a, b) => missing(a) - missing(b) || a.lastAt - b.lastAt)[0] ?? null

/**
 * The attempt whose browser comes to /authorize. Attempts that share a client id are alike up to
 * here, and from here on their interactions tell them apart.
 *
 * @param event `authorization.requested` or `authorization.refused`
 */
export function attemptOfBrowser(
  attempts: readonly Attempt[],
  event: HandshakeEvent,
): Attempt | null {
  const pick = (fits: (attempt: Attempt) => boolean) => firstOf(attempts.filter(fits))
  return (
    pick((attempt) => awaitsBrowser(attempt, event)) ??
    pick((attempt) => discovered(attempt, event, followsAtOnceMs)) ??
    pick((attempt) => reloads(attempt, event)) ??
    pick((attempt) => discovered(attempt, event, joinsWithinMs)) ??
    (event.name === 'authorization.refused' ? attemptOfStranger(attempts, event) : null)
  )
}

/** Whom a refusal names is not known here, so that its software is not either: who has just discovered. */
const attemptOfStranger = (attempts: readonly Attempt[], event: HandshakeEvent): Attempt | null =>
  onlyOf(
    attempts.filter(
      (attempt) =>
        isOpen(attempt) &&
        isInCloud(attempt) &&
        attempt.clientId === null &&
        attempt.browser === null &&
        attempt.serverAt !== null &&
        event.at - attempt.serverAt <= followsAtOnceMs,
    ),
  )

/**
 * The attempt whose browser signs in, where the sign-in itself does not name the interaction: a proxy
 * has cut the query off, or the person opened the page anew.
 */
export const attemptOfSignIn = (
  attempts: readonly Attempt[],
  event: HandshakeEvent,
): Attempt | null =>
  onlyOf(
    attempts.filter(
      (attempt) =>
        isOpen(attempt) &&
        sameBrowser(attempt, event) &&
        attempt.authorizedAt !== null &&
        event.at - attempt.authorizedAt <= personMayTakeMs,
    ),
  )

/**
 * The attempt whose code is exchanged in a request that could not be read, and so names no client.
 *
 * @param event `token.refused` without a client id
 */
export const attemptOfUnreadable = (
  attempts: readonly Attempt[],
  event: HandshakeEvent,
): Attempt | null =>
  onlyOf(
    attempts.filter(
      (attempt) =>
        attempt.codeAt !== null &&
        attempt.tokenAt === null &&
        mayBelong(attempt, event) &&
        event.at - attempt.codeAt <= joinsWithinMs,
    ),
  )
