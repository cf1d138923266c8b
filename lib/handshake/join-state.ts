import { beyondShares, crowdOf } from '@/lib/crowd'
import { addEvent } from './add-event'
import { Attempt } from './attempt'
import type { HandshakeEvent } from './handshake'
import { placeOf } from './software'
import { personMayTakeMs } from './stages'

/** An event that was joined to an attempt, which it may have opened. */
export type Joined = { readonly attempt: Attempt; readonly event: HandshakeEvent }

/**
 * The state that joining needs: the attempts of the last half hour, and requests that belong to none so
 * far. It is derived from the events and their attempts.
 */
export class JoinState {
  readonly attempts = new Map<string, Attempt>()
  readonly byInteraction = new Map<string, Attempt>()
  readonly byGrant = new Map<string, Attempt>()
  readonly byRequest = new Map<string, Attempt>()
  /** attempts that another one retries */
  readonly retried = new Set<string>()
  /** oldest first */
  loose: HandshakeEvent[] = []
  /** the places that each browser came from, by its cookie's mark */
  readonly browsers = new Map<string, Set<string>>()
  /** requests without a token from a program that is at home under that name: a call should follow */
  looks: HandshakeEvent[] = []
  /** when each origin last sent a token, see {@link originOf} */
  readonly calledAt = new Map<string, number>()
  /** origins that have connected before, see {@link originOf} */
  readonly connected = new Set<string>()
  /** whether attempts without a person were dropped early: they are found in the database */
  isCrowded = false
}

/** An undecided attempt is over after this; later events are joined by its grant alone. */
export const remembersMs = personMayTakeMs + 5 * 60_000
/** How long a request without an id may wait for its attempt. */
export const looseForMs = 150_000
export const maxLoose = 500
/**
 * How many attempts without a person are kept of each lane: each event is compared with all of them. A
 * dropped attempt is found again by its interaction, its grant or its client.
 */
export const maxUnattended = 300
/** How far the number may exceed the limit before several are dropped at once. */
const slack = 100

/** Adds an attempt without events. */
export function openAttempt(state: JoinState, id: string, retryOf: string | null): Attempt {
  const attempt = new Attempt(id, retryOf)
  if (retryOf) state.retried.add(retryOf)
  state.attempts.set(id, attempt)
  return attempt
}

/** How many browsers are remembered, the most recent ones. */
const maxBrowsers = 1000

/**
 * Records where a browser with our cookie is: one machine has addresses of both versions of IP, and
 * alternates between them (RFC 8305).
 */
function noteBrowser({ browsers }: JoinState, { address, detail }: HandshakeEvent): void {
  if (typeof detail.browser !== 'string') return
  const places = browsers.get(detail.browser) ?? new Set()
  browsers.delete(detail.browser)
  browsers.set(detail.browser, places.add(placeOf(address)))
  const [oldest] = browsers.size > maxBrowsers ? browsers.keys() : []
  if (oldest !== undefined) browsers.delete(oldest)
}

/** Every place where the browser of an event is known to be. */
export const placesOf = ({ browsers }: JoinState, event: HandshakeEvent): ReadonlySet<string> =>
  new Set([placeOf(event.address), ...(browsers.get(String(event.detail.browser)) ?? [])])

/** Joins an event to an attempt, and remembers the ids that lead there. */
export function giveTo(state: JoinState, attempt: Attempt, event: HandshakeEvent): Joined {
  const before = attempt.origin
  addEvent(attempt, event)
  if (before !== null && attempt.origin === null) state.connected.delete(before)
  if (event.interactionId) state.byInteraction.set(event.interactionId, attempt)
  if (event.grantId) state.byGrant.set(event.grantId, attempt)
  state.byRequest.set(event.requestId, attempt)
  if (attempt.origin !== null) state.connected.add(attempt.origin)
  noteBrowser(state, event)
  return { attempt, event }
}

/** Restores an attempt that was joined before, with its events in the order they were joined. */
export function restoreAttempt(
  state: JoinState,
  id: string,
  retryOf: string | null,
  events: readonly HandshakeEvent[],
): void {
  if (state.attempts.has(id)) return
  const attempt = openAttempt(state, id, retryOf)
  for (const event of events) giveTo(state, attempt, event)
}

/** Keeps a request that belongs to no attempt so far. */
export function keepLoose(state: JoinState, event: HandshakeEvent): void {
  state.loose.push(event)
  if (state.loose.length > maxLoose + slack) trimLoose(state)
}

/** Each crowd keeps the same share: frequent knocks displace nobody else's. */
function trimLoose(state: JoinState): void {
  const dropped = new Set(beyondShares(state.loose, maxLoose, crowdOf))
  if (dropped.size > 0) state.loose = state.loose.filter((event) => !dropped.has(event))
}

const crowdOfAttempt = ({ events: [opening] }: Attempt): string =>
  opening ? crowdOf(opening) : 'unknown'

/** Drops attempts without a person where there are too many, from the largest crowd. */
export function dropCrowded(state: JoinState): void {
  if (state.attempts.size <= maxUnattended + slack) return
  for (const lane of ['claude', 'stranger'] as const) {
    const mine = [...state.attempts.values()].filter((attempt) => attempt.lane === lane)
    const oldestFirst = mine.toSorted((a, b) => a.lastAt - b.lastAt)
    for (const attempt of beyondShares(oldestFirst, maxUnattended, crowdOfAttempt)) {
      state.isCrowded = true
      forgetAttempt(state, attempt)
    }
  }
}

function forgetAttempt(state: JoinState, attempt: Attempt): void {
  state.attempts.delete(attempt.id)
  state.retried.delete(attempt.id)
  for (const { interactionId, grantId, requestId } of attempt.events) {
    if (interactionId) state.byInteraction.delete(interactionId)
    if (grantId) state.byGrant.delete(grantId)
    state.byRequest.delete(requestId)
  }
}

/** Drops what no later event can need. @param now time of the last event */
export function forget(state: JoinState, now: number): void {
  state.loose = state.loose.filter(
    ({ name, at }) => now - at <= (name.startsWith('operator.') ? remembersMs : looseForMs),
  )
  trimLoose(state)
  for (const [origin, at] of state.calledAt) {
    if (now - at > looseForMs) state.calledAt.delete(origin)
  }
  for (const attempt of state.attempts.values()) {
    if (now - attempt.lastAt > remembersMs) forgetAttempt(state, attempt)
  }
  dropCrowded(state)
}
