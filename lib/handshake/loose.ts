import { type Attempt, isInCloud, isSameProgram, mayBelong } from './attempt'
import { isCheck, isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import { giveTo, type Joined, type JoinState, placesOf } from './join-state'
import { comparePlaces, joinsWithinMs, type Place, repeatsSoonMs, tierOf } from './places'
import {
  alsoCalled,
  cloudOf,
  isHostedData,
  placeOf,
  productNamedBy,
  softwareOf,
  sourceOf,
} from './software'

/** The largest difference between the clocks of instances. */
const clocksDifferMs = 100

/** Requests that may turn out to belong to an attempt; others without an attempt never do. */
const mayWait = new Set<HandshakeEvent['name']>([
  'mcp.challenged',
  'resource-metadata.served',
  'server-metadata.served',
  'document.fetched',
  'document.changed',
  'document.refused',
  'authorization.checked',
  'operator.signed-in',
  'operator.refused',
])

/** Whether an event waits for an attempt that it may belong to. */
export const waits = (event: HandshakeEvent): boolean =>
  mayWait.has(event.name) && event.grantId === null && event.interactionId === null

/** A knock of the program that now continues, as a place for its next request. */
type Knock = { readonly knock: HandshakeEvent; readonly place: Place }

/**
 * The knock that a request continues: one that was taken for a probe of a connection, until something
 * followed it.
 *
 * @param gap how many steps are missing between the two
 */
export function knockBefore(state: JoinState, event: HandshakeEvent, gap: number): Knock | null {
  const knocks = state.loose.filter(
    (knock) =>
      isUnauthenticatedMcp(knock) &&
      !isHostedData(knock) &&
      sourceOf(knock) === sourceOf(event) &&
      softwareOf(knock) === softwareOf(event) &&
      event.at - knock.at <= joinsWithinMs,
  )
  const places = knocks.map((knock): Knock => {
    const tier = tierOf(event.at - knock.at)
    return { knock, place: { unlike: 0, missing: gap, tier, optional: 0, since: knock.at } }
  })
  return places.toSorted((a, b) => comparePlaces(a.place, b.place))[0] ?? null
}

const isSignIn = ({ name }: HandshakeEvent): boolean => name.startsWith('operator.')

/**
 * A person signs in between the authorization request and the consent page, in the same browser. Its
 * address may change in between, from one version of IP to the other; a sign-in in another browser did not
 * lead here.
 */
const ledToConsent = (attempt: Attempt, consent: HandshakeEvent, event: HandshakeEvent): boolean =>
  isSignIn(event) &&
  attempt.authorizedAt !== null &&
  event.at >= attempt.authorizedAt &&
  event.userAgent === consent.userAgent &&
  (event.name === 'operator.signed-in'
    ? event.userId === consent.userId
    : placeOf(event.address) === placeOf(consent.address))

/** What came a moment before its attempt, by another instance's clock or from the client's other half. */
const besides = (attempt: Attempt, opening: HandshakeEvent, event: HandshakeEvent): boolean =>
  mayBelong(attempt, event) &&
  (isUnauthenticatedMcp(event)
    ? (isHostedData(event) || (!isInCloud(attempt) && isSameProgram(attempt, event))) &&
      event.at >= attempt.startedAt
    : !isSignIn(event) && event.at >= opening.at - clocksDifferMs)

function belongs(attempt: Attempt, { event: cause }: Joined, event: HandshakeEvent): boolean {
  if (event.requestId === cause.requestId) return true
  if (cause.name === 'consent.shown' || cause.name === 'consent.granted') {
    return ledToConsent(attempt, cause, event)
  }
  return attempt.events.length === 1 && besides(attempt, cause, event)
}

/** Steps that show that a program on a person's machine is signing in, not just looking around. */
const signsIn = new Set<HandshakeEvent['name']>([
  'mcp.challenged',
  'client.registered',
  'client.refused',
  'authorization.requested',
  'authorization.refused',
])

const isBrowsers = ({ name }: HandshakeEvent): boolean => name.startsWith('authorization.')

/** The names of requests that may have led to a step: its own name, or those of the product that it names. */
function namesBefore(state: JoinState, event: HandshakeEvent): (name: string | null) => boolean {
  const product = productNamedBy(event)
  const ofProduct = product === null ? [] : [product, ...alsoCalled(product)]
  if (!isBrowsers(event)) {
    return (name) => name === softwareOf(event) || (name !== null && ofProduct.includes(name))
  }
  const check = state.loose.findLast((one) => isCheck(one) && one.clientId === event.clientId)
  const names = check ? [...ofProduct, softwareOf(check)] : ofProduct
  // an unknown product may have any name, except that of a known one
  return (name) => names.includes(name) || (names.length === 0 && cloudOf(name) === null)
}

/** A person opens the page by hand when the program does not. */
const opensWithinMs = (isKnown: boolean): number => (isKnown ? joinsWithinMs : repeatsSoonMs)

/**
 * What a program on a person's machine requested before it signed in. These requests waited, since they
 * might have led nowhere: a program that is at home here looks without its token at each start.
 */
function ledTo(state: JoinState, { attempt, event }: Joined): HandshakeEvent[] {
  if (isInCloud(attempt) || !signsIn.has(event.name)) return []
  const fits = namesBefore(state, event)
  const sources = isBrowsers(event) ? placesOf(state, event) : new Set([sourceOf(event)])
  const before = state.loose.filter(
    (loose) =>
      loose.name !== 'operator.signed-in' &&
      loose.name !== 'operator.refused' &&
      !loose.name.startsWith('document.') &&
      loose.at <= event.at &&
      sources.has(sourceOf(loose)) &&
      fits(softwareOf(loose)),
  )
  const led: HandshakeEvent[] = []
  const isKnown = productNamedBy(event) !== null || before.some(isCheck)
  let within = isBrowsers(event) ? opensWithinMs(isKnown) : repeatsSoonMs
  let from = event.at
  for (const loose of before.toReversed()) {
    if (from - loose.at > within) break
    led.unshift(loose)
    from = loose.at
    within = repeatsSoonMs
  }
  return led
}

/**
 * Joins the waiting requests that now turn out to belong to an attempt.
 *
 * @param joined the event that shows it
 */
export function claimLoose(state: JoinState, joined: Joined): Joined[] {
  const { attempt } = joined
  const led = ledTo(state, joined)
  const mine = state.loose.filter((event) => led.includes(event) || belongs(attempt, joined, event))
  if (mine.length === 0) return []
  state.loose = state.loose.filter((event) => !mine.includes(event))
  return mine.map((event) => giveTo(state, attempt, event))
}
