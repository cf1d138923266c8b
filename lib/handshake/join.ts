import { isRuntimeLabel } from '@/lib/products/runtimes'
import { type Attempt, isInCloud, isSameProgram, mayBelong } from './attempt'
import {
  attemptOfBrowser,
  attemptOfExchange,
  attemptOfSignIn,
  attemptOfUnreadable,
  waitingCodes,
} from './authorizing'
import type { HandshakeEvent } from './handshake'
import {
  dropCrowded,
  giveTo,
  type Joined,
  type JoinState,
  keepLoose,
  openAttempt,
  placesOf,
} from './join-state'
import { noteCall, noteLook, takeSilent } from './looking'
import { claimLoose, knockBefore, waits } from './loose'
import { comparePlaces, placeFor, repeatsSoonMs } from './places'
import { retriedBy } from './retry'
import { cloudOf, isHostedData, originsOf, softwareOf, sourceOf } from './software'
import { surfaceByAgent } from './surface'
import { isNotable } from './trouble'

/**
 * Which handshake an event belongs to: by grant, by interaction, and before there is any id by network and
 * time. Events are joined one by one in time order; the same events in the same order give the same
 * handshakes.
 *
 * A stranger must not get into someone else's handshake. So an event joins by what a stranger cannot know,
 * which is a grant, an interaction, or the id of a client that registered in the same attempt, or because
 * it comes from the same address. Otherwise a client id proves nothing, nor does a user agent. One step is
 * taken on trust: the browser of a hosted client that needs no registration is not in its cloud, and joins
 * the newest discovery. This does not apply when the same visitor has tried before, and a stranger's
 * attempt to use it does not block later visitors. What joins nothing is an attempt of its own.
 *
 * What opens a handshake: a challenge, a request that the MCP endpoint refused before it asked for a token,
 * a registration, an authorization request with a client id, and a missing path that a known product
 * requests. A metadata document alone opens none, nor does a challenge where the same program has connected
 * before: hosted Claude probes its connections every few minutes. It does when a further step follows it.
 */

const attemptsOf = ({ attempts }: JoinState): Attempt[] => [...attempts.values()]

/** How long after its first answered request everything still belongs to a handshake. */
export const settlesAfterMs = 120_000
/** The most events of a handshake. */
const maxEvents = 500

/**
 * Whether ordinary traffic of a connection is no longer part of its handshake.
 *
 * @param at milliseconds since the epoch; once true, it stays true until something notable happens
 */
export function isQuiet(attempt: Attempt, at: number): boolean {
  if (attempt.events.length >= maxEvents) return true
  if (attempt.connectedAt === null || at - attempt.connectedAt <= settlesAfterMs) return false
  const { notableAt, recoveredAt } = attempt
  return notableAt === null || (recoveredAt !== null && recoveredAt >= notableAt)
}

const isOver = (attempt: Attempt, event: HandshakeEvent): boolean =>
  attempt.events.length >= maxEvents || (!isNotable(event) && isQuiet(attempt, event.at))

/** A consent answer that was redirected to sign-in names its interaction only in its path. */
const interactionOf = ({ interactionId, name, path }: HandshakeEvent): string | null =>
  interactionId ??
  (name === 'exchange.answered'
    ? (/^\/consent\/([\w-]+)\/decision$/.exec(path ?? '')?.[1] ?? null)
    : null)

/** The attempt that an event without ids of its own continues. */
function attemptByStep(state: JoinState, event: HandshakeEvent): Attempt | null {
  const attempts = () => attemptsOf(state)
  switch (event.name) {
    case 'authorization.requested':
    case 'authorization.refused':
      return event.clientId === null
        ? null
        : attemptOfBrowser(attempts(), event, placesOf(state, event))
    case 'operator.signed-in':
    case 'operator.refused':
      return attemptOfSignIn(attempts(), event)
    case 'token.refused':
      return event.clientId
        ? attemptOfExchange(attempts(), event)
        : attemptOfUnreadable(attempts(), event)
    default:
      return null
  }
}

/** The attempt that one of the event's ids names. */
function attemptById(state: JoinState, event: HandshakeEvent): Attempt | null {
  const { grantId, requestId } = event
  const interactionId = interactionOf(event)
  const known =
    (grantId && state.byGrant.get(grantId)) ||
    (interactionId && state.byInteraction.get(interactionId)) ||
    state.byRequest.get(requestId)
  return known || attemptByStep(state, event)
}

/** How many steps are missing between a knock and the event right after it. */
const missingAfterKnock: Readonly<Partial<Record<HandshakeEvent['name'], number>>> = {
  'resource-metadata.served': 0,
  'server-metadata.served': 1,
  'client.registered': 2,
  'client.refused': 2,
}

/**
 * How many steps are missing between a knock of a program that is at home and the event that shows a new
 * attempt. A program on a person's machine reads the documents each time that it looks.
 */
function missingOf(event: HandshakeEvent): number | undefined {
  const missing = missingAfterKnock[event.name]
  const isReading = event.name.endsWith('-metadata.served')
  return isReading && cloudOf(softwareOf(event)) === null ? undefined : missing
}

/** The attempt that best fits an event without ids; a knock that was followed up opens one. */
function attemptByPlace(
  state: JoinState,
  event: HandshakeEvent,
): { readonly attempt: Attempt; readonly opened: Joined[] } | null {
  const places = attemptsOf(state).flatMap((attempt) => {
    const place = placeFor(attempt, event)
    return place ? [{ attempt, place }] : []
  })
  const best = places.toSorted((a, b) => comparePlaces(a.place, b.place))[0]
  const missing = missingOf(event)
  const knocked = missing === undefined ? null : knockBefore(state, event, missing)
  if (knocked && (!best || comparePlaces(knocked.place, best.place) < 0)) {
    state.loose = state.loose.filter((loose) => loose !== knocked.knock)
    const opened = open(state, knocked.knock)
    const attempt = opened[0]?.attempt
    return attempt ? { attempt, opened } : null
  }
  return best ? { attempt: best.attempt, opened: [] } : null
}

const hasConnected = (state: JoinState, event: HandshakeEvent): boolean =>
  originsOf(event).some((origin) => state.connected.has(origin))

/** How long a person may take to sign in before the next knock counts as another attempt. */
const signsInForMs = 10 * 60_000

/**
 * Whether a program on a person's machine has just registered, or waits for the person. When many share its
 * name, another one may send requests meanwhile.
 */
function isWaiting(attempt: Attempt, event: HandshakeEvent): boolean {
  const { at } = event
  const isNamed = !isRuntimeLabel(softwareOf(event) ?? '')
  const { registrations, authorizedAt, tokenAt, deniedAt, lastAt } = attempt
  if (tokenAt !== null || deniedAt !== null) return false
  if (authorizedAt !== null) return isNamed && at - authorizedAt <= signsInForMs
  return registrations > 0 && at - lastAt <= repeatsSoonMs
}

/**
 * Whether a program is at home here, or about to be: its requests without a token are no attempt by
 * themselves. Many send one at each start, to see whether sign-in is required. A dead token from a person's
 * machine shows that it is no longer at home.
 */
function isAtHome(state: JoinState, event: HandshakeEvent): boolean {
  const { detail } = event
  const software = softwareOf(event)
  if (cloudOf(software) !== null) return hasConnected(state, event)
  // it used another name of this server, so it is not the program that is at home here
  if (detail.error === undefined && detail.askedAt === undefined && hasConnected(state, event)) {
    return true
  }
  const source = sourceOf(event)
  return attemptsOf(state).some(
    (attempt) =>
      !isInCloud(attempt) &&
      attempt.sources.has(source) &&
      isSameProgram(attempt, event) &&
      isWaiting(attempt, event),
  )
}

/** Hosted Claude's other half knocks too, while a person is still signing in. */
const isBesides = (state: JoinState, event: HandshakeEvent): boolean =>
  isHostedData(event) && attemptsOf(state).some((attempt) => mayBelong(attempt, event))

function opens(state: JoinState, event: HandshakeEvent): boolean {
  switch (event.name) {
    case 'mcp.challenged':
      return !isAtHome(state, event) && !isBesides(state, event)
    case 'path.missed':
      return surfaceByAgent(event) !== null && !hasConnected(state, event)
    case 'mcp.refused':
    case 'client.registered':
    case 'client.refused':
    case 'authorization.requested':
      return true
    case 'authorization.refused':
      return event.clientId !== null
    case 'token.refused':
      // it names a client with a pending code, and comes from somewhere else
      return event.clientId !== null && waitingCodes(attemptsOf(state), event).length > 0
    default:
      return false
  }
}

function open(state: JoinState, event: HandshakeEvent): Joined[] {
  const retried = retriedBy(attemptsOf(state), state.retried, event)
  const joined = giveTo(state, openAttempt(state, `hs_${event.id}`, retried?.id ?? null), event)
  const all = [joined, ...claimLoose(state, joined)]
  dropCrowded(state)
  return all
}

/** Whether an event names a grant, or an interaction that is not new. */
const isKeyed = ({ grantId, interactionId, name }: HandshakeEvent): boolean =>
  grantId !== null || (interactionId !== null && name !== 'authorization.requested')

/**
 * Opens attempts for apparent looks of programs at home that no call followed.
 *
 * @param now milliseconds since the epoch, up to which all events were joined
 */
export function joinOverdue(state: JoinState, now: number): Joined[] {
  return takeSilent(state, now).flatMap((look) => {
    // an earlier one may have claimed it
    if (!state.loose.includes(look)) return []
    state.loose = state.loose.filter((loose) => loose !== look)
    return open(state, look)
  })
}

function joinOne(state: JoinState, event: HandshakeEvent): Joined[] {
  const known = attemptById(state, event)
  if (known) {
    if (isOver(known, event)) return []
    const joined = giveTo(state, known, event)
    return [joined, ...claimLoose(state, joined)]
  }
  if (isKeyed(event)) return []
  const placed = attemptByPlace(state, event)
  if (placed) {
    if (placed.attempt.events.length >= maxEvents) return placed.opened
    const joined = giveTo(state, placed.attempt, event)
    return [...placed.opened, joined, ...claimLoose(state, joined)]
  }
  if (opens(state, event)) return open(state, event)
  if (!waits(event)) return []
  keepLoose(state, event)
  noteLook(state, event)
  return []
}

/**
 * Joins one event.
 *
 * @returns what was joined to attempts: the event, and earlier requests that it shows to belong to them
 */
export function join(state: JoinState, event: HandshakeEvent): Joined[] {
  const silent = joinOverdue(state, event.at)
  noteCall(state, event)
  return [...silent, ...joinOne(state, event)]
}
