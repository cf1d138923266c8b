import {
  type Attempt,
  comesFrom,
  continuesLater,
  isInCloud,
  isOtherProduct,
  isProvenCloud,
  mayBelong,
} from './attempt'
import type { HandshakeEvent } from './handshake'
import { joinsWithinMs } from './places'
import { placeOf, productNamedBy, sourceOf } from './software'
import { personMayTakeMs } from './stages'
import { surfaceOf } from './surface'

/** A discovery that a browser follows at once, rather than someone else's. */
const followsAtOnceMs = 10_000
/** Refused visits of one browser, which its person reloads. */
const reloadsWithinMs = 10 * 60_000

const isOpen = ({ tokenAt, decidedAt, mcpAt }: Attempt): boolean =>
  tokenAt === null && decidedAt === null && mcpAt === null

/** A browser's request, and every place where the browser is known to be. */
type Visit = { readonly event: HandshakeEvent; readonly places: ReadonlySet<string> }

const sameBrowser = ({ browser }: Attempt, { event, places }: Visit): boolean =>
  browser !== null && places.has(placeOf(browser.address)) && browser.userAgent === event.userAgent

/** Whether a browser is where an attempt comes from, or where its browser is. */
const comesFromPlaces = (attempt: Attempt, { event, places }: Visit): boolean =>
  comesFrom(attempt, event) ||
  [...places].some((place) => attempt.sources.has(place)) ||
  (attempt.browser !== null && places.has(placeOf(attempt.browser.address)))

/**
 * The client registered in this attempt, so that nobody else knows its id, and no person has signed in. The
 * id of a client known from elsewhere is no secret: that of a metadata document is the same for everyone.
 */
const registeredHere = (attempt: Attempt, event: HandshakeEvent): boolean =>
  isOpen(attempt) &&
  attempt.registrations > 0 &&
  attempt.clientId === event.clientId &&
  event.at - attempt.lastAt <= personMayTakeMs

const runOf = ({ detail }: HandshakeEvent): string | null =>
  typeof detail.run === 'string' ? detail.run : null

/**
 * Whether an authorization request is certainly not of an attempt: its `state`, code challenge or port are
 * new, so that the program was started again. A cloud sends requests for all its people.
 */
function isNewRun(attempt: Attempt, event: HandshakeEvent): boolean {
  const run = runOf(event)
  return !isInCloud(attempt) && run !== null && attempt.runs.size > 0 && !attempt.runs.has(run)
}

/** The attempt that sent this same request before: nobody else knows its `state` and code challenge. */
function attemptOfRun(attempts: readonly Attempt[], event: HandshakeEvent): Attempt | null {
  const run = runOf(event)
  const isSame = ({ clientId, runs }: Attempt) => clientId === event.clientId && runs.has(run ?? '')
  return run === null ? null : (attempts.find(isSame) ?? null)
}

/** It has registered, or was sent back to register, and the browser has not come yet. */
const awaitsBrowser = (attempt: Attempt, visit: Visit): boolean =>
  attempt.authorizedAt === null &&
  (registeredHere(attempt, visit.event) ||
    (isOpen(attempt) &&
      attempt.clientId === visit.event.clientId &&
      comesFromPlaces(attempt, visit) &&
      visit.event.at - attempt.lastAt <= personMayTakeMs))

/** The person reloads the page, or goes back to it. */
const reloads = (attempt: Attempt, visit: Visit): boolean =>
  isOpen(attempt) &&
  attempt.clientId === visit.event.clientId &&
  sameBrowser(attempt, visit) &&
  !isNewRun(attempt, visit.event) &&
  visit.event.at - attempt.lastAt <=
    (attempt.authorizedAt === null ? reloadsWithinMs : personMayTakeMs)

/** Whether the client itself has sent a request, and its browser was not admitted. */
const hasDiscovered = (attempt: Attempt): boolean =>
  isOpen(attempt) &&
  attempt.registrations === 0 &&
  attempt.authorizedAt === null &&
  (attempt.challengeAt ?? attempt.resourceAt ?? attempt.serverAt) !== null

/** It was refused once, and continues when its person acts, with the documents that it has by then. */
const waitsForPerson = (attempt: Attempt, event: HandshakeEvent): boolean =>
  isOfProduct(attempt, event) === 0 && continuesLater(attempt)

/**
 * An attempt that discovered, and whose client needs no registration: its id is known, or a URL. The
 * browser of a cloud client is elsewhere, and nothing proves whose it is; one that was refused before may
 * have been a stranger's.
 */
function discovered(attempt: Attempt, { event, places }: Visit, within: number): boolean {
  if (!hasDiscovered(attempt)) return false
  if (event.at - attempt.lastAt > (waitsForPerson(attempt, event) ? personMayTakeMs : within))
    return false
  if (isOtherProduct(attempt, event)) return false
  const surface = surfaceOf([{ ...event, agent: null }])
  const isHosted = surface === 'claude-hosted' || surface === 'chatgpt'
  if (!isHosted) {
    const isHere = [sourceOf(event), ...places].some((place) => attempt.sources.has(place))
    return attempt.browser === null && isHere
  }
  return isProvenCloud(attempt, event) && surface === surfaceOf(attempt.events)
}

/** How much discovery is missing; a client that has read everything is the likeliest to continue. */
const missing = ({ resourceAt, serverAt }: Attempt): number =>
  (resourceAt === null ? 1 : 0) + (serverAt === null ? 1 : 0)

/** The only one that fits; several cannot be told apart. */
function onlyOf(attempts: readonly Attempt[], fits: (attempt: Attempt) => boolean): Attempt | null {
  const [only = null, ...others] = attempts.filter(fits)
  return others.length === 0 ? only : null
}

/** Whether an attempt is known to be of the product that a request names. */
const isOfProduct = ({ product, software }: Attempt, event: HandshakeEvent): number => {
  const named = productNamedBy(event)
  return named !== null && (named === product || named === software) ? 0 : 1
}

/**
 * The likeliest of several attempts that a request fits: of the product that it names, and the furthest. Of
 * those the newest, since a client that starts again has given up the earlier one.
 */
const likeliestOf = (attempts: readonly Attempt[], event: HandshakeEvent): Attempt | null =>
  attempts.toSorted(
    (a, b) =>
      isOfProduct(a, event) - isOfProduct(b, event) ||
      missing(a) - missing(b) ||
      b.lastAt - a.lastAt,
  )[0] ?? null

/** After this many requests, a visitor is taken for someone who tries to get into another attempt. */
const maxTries: Readonly<Partial<Record<HandshakeEvent['name'], number>>> = {
  'authorization.requested': 3,
  'authorization.refused': 0,
}

/**
 * How often a visitor has recently opened /authorize without a client's attempt, and did not sign in.
 * Behind a proxy that is not configured all share one address, so nobody is counted.
 */
const triesOf = (attempts: readonly Attempt[], event: HandshakeEvent): number =>
  event.network !== 'public'
    ? 0
    : attempts.filter(
        (attempt) =>
          attempt.lane !== 'person' &&
          attempt.events[0]?.name.startsWith('authorization.') &&
          placeOf(attempt.events[0].address) === placeOf(event.address),
      ).length

/**
 * The attempt whose browser comes to /authorize. Attempts that share a client id look alike up to here;
 * from here on their interactions distinguish them.
 *
 * @param event `authorization.requested` or `authorization.refused`
 * @param places where its browser is known to be
 */
export function attemptOfBrowser(
  attempts: readonly Attempt[],
  event: HandshakeEvent,
  places: ReadonlySet<string>,
): Attempt | null {
  const visit = { event, places }
  const pick = (fits: (attempt: Attempt) => boolean) => likeliestOf(attempts.filter(fits), event)
  const isTrying = triesOf(attempts, event) > (maxTries[event.name] ?? 0)
  const follows = (within: number) =>
    isTrying
      ? null
      : (pick((attempt) => attempt.browser === null && discovered(attempt, visit, within)) ??
        pick((attempt) => discovered(attempt, visit, within)))
  return (
    attemptOfRun(attempts, event) ??
    pick((attempt) => awaitsBrowser(attempt, visit)) ??
    follows(followsAtOnceMs) ??
    pick((attempt) => reloads(attempt, visit)) ??
    follows(joinsWithinMs) ??
    // a stranger who learnt the id may have come first
    pick(
      (attempt) =>
        registeredHere(attempt, event) &&
        !(sameBrowser(attempt, visit) && isNewRun(attempt, event)),
    ) ??
    (event.name === 'authorization.refused' && !isTrying
      ? attemptOfStranger(attempts, event)
      : null)
  )
}

/** A refusal for an unknown client does not name its software either: the newest discovery takes it. */
const attemptOfStranger = (attempts: readonly Attempt[], event: HandshakeEvent): Attempt | null =>
  onlyOf(
    attempts,
    (attempt) =>
      isOpen(attempt) &&
      isProvenCloud(attempt, event) &&
      attempt.clientId === null &&
      attempt.browser === null &&
      attempt.serverAt !== null &&
      event.at - attempt.serverAt <= followsAtOnceMs,
  )

/**
 * The attempt whose browser signs in, when the sign-in itself does not name the interaction: a proxy has
 * removed the query, or the person opened the page directly.
 */
export const attemptOfSignIn = (
  attempts: readonly Attempt[],
  event: HandshakeEvent,
): Attempt | null =>
  onlyOf(
    attempts,
    (attempt) =>
      isOpen(attempt) &&
      sameBrowser(attempt, { event, places: new Set([placeOf(event.address)]) }) &&
      attempt.authorizedAt !== null &&
      event.at - attempt.authorizedAt <= personMayTakeMs,
  )

/**
 * The attempt whose code is exchanged in an unreadable request, which names no client.
 *
 * @param event `token.refused` without a client id
 */
export const attemptOfUnreadable = (
  attempts: readonly Attempt[],
  event: HandshakeEvent,
): Attempt | null =>
  onlyOf(
    attempts,
    (attempt) =>
      attempt.codeAt !== null &&
      attempt.tokenAt === null &&
      mayBelong(attempt, event) &&
      event.at - attempt.codeAt <= joinsWithinMs,
  )

/**
 * The attempt whose code is exchanged in a request that was refused before its code was read. Anyone who
 * knows the client's id can send one, so it must come from where the attempt does.
 *
 * @param event `token.refused` with a client id
 */
export const attemptOfExchange = (
  attempts: readonly Attempt[],
  event: HandshakeEvent,
): Attempt | null =>
  waitingCodes(attempts, event).find((attempt) => comesFrom(attempt, event)) ??
  attempts.find(
    ({ events: [first], clientId, sources }) =>
      first?.name === 'token.refused' &&
      clientId === event.clientId &&
      sources.has(sourceOf(event)),
  ) ??
  null

/** The attempts of a client that have a code and no token, longest wait first. */
export const waitingCodes = (attempts: readonly Attempt[], event: HandshakeEvent): Attempt[] =>
  attempts
    .filter(
      ({ clientId, codeAt, tokenAt }) =>
        clientId === event.clientId && codeAt !== null && tokenAt === null,
    )
    .toSorted((a, b) => (a.codeAt ?? 0) - (b.codeAt ?? 0))
