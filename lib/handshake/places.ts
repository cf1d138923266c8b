import { productByAgentName } from '@/lib/products/product'
import { isRuntimeLabel } from '@/lib/products/runtimes'
import {
  type Attempt,
  isInCloud,
  isOnlyKnocks,
  isSameProgram,
  mayBelong,
  mayStopAtToken,
} from './attempt'
import type { HandshakeEvent } from './handshake'
import { isAsking } from './sign-in-only'
import { isHostedData, softwareOf } from './software'

/**
 * How well a request without any id fits an attempt. Attempts that run side by side send the same requests
 * from the same network, so each step of each is one place, and a request takes the place that expects it.
 * Lower is better, member by member.
 */
export type Place = {
  /** 0 when its name matches the attempt's other requests, 1 when both may be of one program */
  readonly unlike: number
  /** how many earlier steps are missing */
  readonly missing: number
  /** how long after the step before: 0 up to 10 s, 1 beyond */
  readonly tier: number
  /** 0 when every attempt sends it, more when it may be absent */
  readonly optional: number
  /** the longer a place has been open, the earlier it is taken */
  readonly since: number
}

/** How long after the step before a request without any id still belongs to the same attempt. */
export const joinsWithinMs = 120_000
/** The same for a program on a person's machine, of which several may run: it does not pause between steps. */
const continuesWithinMs = 30_000
/** Repeated requests of an earlier step. */
const repeatsWithinMs = 30_000
/** The same for a program on a person's machine. */
export const repeatsSoonMs = 10_000
/** A program that starts over again and again and gets nowhere. */
const loopsWithinMs = 120_000
/** After this many restarts it is taken for such a loop. */
const roundsOfLoop = 2
/** A second registration; hosted Claude sends it 1–2 s after the first. */
const registersAgainWithinMs = 45_000
/** Requests without a token that follow a token: hosted Claude starts anew after 60–101 s. */
const strippedWithinMs = 20_000
/** The same for a program that signs in and stops, as long as its attempt is remembered. */
const usedWithinMs = 35 * 60_000
/** The same when many programs share its name: the next request is soon another one's. */
const strippedSoonMs = 5000
/** Knocks of a monitor, every few minutes, are one attempt that never continued. */
const knocksWithinMs = 15 * 60_000

/** Claude allows a step 10 s: what waited longer was probably given up. */
export const tierOf = (gap: number): number => (gap <= 10_000 ? 0 : 1)

/** A place before the two programs' names are compared. */
type Found = Omit<Place, 'unlike'>

/** The place after a step at `since`, unless that was too long ago. */
function after(
  since: number | null,
  { at }: HandshakeEvent,
  within: number,
  { missing = 0, optional = 0 } = {},
): Found | null {
  if (since === null || at - since > within) return null
  return { missing, tier: tierOf(at - since), optional, since }
}

/** How long after a step the next one belongs to an attempt, before a person is involved. */
const stepWithinMs = (attempt: Attempt): number =>
  isInCloud(attempt) ? joinsWithinMs : continuesWithinMs

/**
 * Whether a step may be repeated. A program on a person's machine reads and registers, and then waits for
 * the person: requests meanwhile are of another run of it.
 */
function mayRepeat(attempt: Attempt): boolean {
  if (attempt.mcpAt !== null) return false
  if (isInCloud(attempt)) return true
  if (attempt.codeAt !== null) return attempt.tokenAt === null
  return attempt.registrations === 0 && attempt.authorizedAt === null
}

/** The place after whatever came last; the most recently active attempt is the likeliest. */
function afterLast({ lastAt }: Attempt, event: HandshakeEvent, within: number): Found | null {
  const place = after(lastAt, event, within, { optional: 3 })
  return place && { ...place, since: -lastAt }
}

/** A repeated request. */
function again(attempt: Attempt, event: HandshakeEvent): Found | null {
  const within = isInCloud(attempt) || attempt.codeAt !== null ? repeatsWithinMs : repeatsSoonMs
  return mayRepeat(attempt) ? afterLast(attempt, event, within) : null
}

/** A failure outside the steps. */
const forNotice = (attempt: Attempt, event: HandshakeEvent): Found | null =>
  attempt.mcpAt === null ? afterLast(attempt, event, repeatsWithinMs) : null

/**
 * A program that had signed in and stopped is used, and its call comes without the token. It also looks
 * whether sign-in is required at each start, and by GET. A name that many share proves nothing.
 */
function forUsed({ tokenAt }: Attempt, event: HandshakeEvent): Found | null {
  const isCall = event.method === 'POST' && !isRuntimeLabel(softwareOf(event) ?? '')
  return isCall ? after(tokenAt, event, usedWithinMs) : null
}

/**
 * Whether a request is of the program that signed in and stopped. A product may sign in under the name of
 * its library, and call under its own.
 */
function isUsing(attempt: Attempt, event: HandshakeEvent): boolean {
  if (isSameProgram(attempt, event)) return true
  const product = productByAgentName(attempt.product)
  const isOwn = attempt.product !== null && softwareOf(event) === attempt.product
  return isOwn && product !== null && isAsking(product, event)
}

/**
 * A request without a token right after the token: something removed it. It counts against whoever got the
 * token, so it must be of that program: when many share its name, of one seen before.
 */
function forStripped(attempt: Attempt, event: HandshakeEvent): Found | null {
  const { tokenAt, challengeAgent, software } = attempt
  if (isHostedData(event)) return after(tokenAt, event, strippedWithinMs)
  if (isInCloud(attempt)) return null
  if (mayStopAtToken(attempt)) return isUsing(attempt, event) ? forUsed(attempt, event) : null
  if (!isSameProgram(attempt, event)) return null
  if (software !== null && !isRuntimeLabel(software)) return after(tokenAt, event, strippedWithinMs)
  return challengeAgent === event.userAgent ? after(tokenAt, event, strippedSoonMs) : null
}

/** A program on a person's machine tries again: it has read the documents, or holds a dead token. */
function forRepeated(attempt: Attempt, event: HandshakeEvent): Found | null {
  if (!isSameProgram(attempt, event)) return null
  if (isOnlyKnocks(attempt)) return after(attempt.lastAt, event, knocksWithinMs, { optional: 1 })
  if (!mayRepeat(attempt)) return null
  const isDead = attempt.hasDeadToken && event.detail.error !== undefined
  const within = isDead || attempt.rounds > roundsOfLoop ? loopsWithinMs : repeatsSoonMs
  return after(attempt.lastAt, event, within, { optional: 2 })
}

function forChallenge(attempt: Attempt, event: HandshakeEvent): Found | null {
  if (attempt.tokenAt !== null) {
    return attempt.mcpAt === null ? forStripped(attempt, event) : null
  }
  if (isHostedData(event)) {
    const isFull = attempt.challengeAt === null || attempt.dataChallenges >= 3
    return isFull ? null : after(attempt.lastAt, event, repeatsWithinMs, { optional: 1 })
  }
  return isInCloud(attempt) ? null : forRepeated(attempt, event)
}

/** It checks that its client is still known, before it opens the browser. */
function forCheck(attempt: Attempt, event: HandshakeEvent): Found | null {
  if (!isSameProgram(attempt, event) || attempt.authorizedAt !== null) return null
  return after(attempt.lastAt, event, repeatsSoonMs, { optional: 1 })
}

function forResourceMetadata(attempt: Attempt, event: HandshakeEvent): Found | null {
  const isAwaited = attempt.resourceAt === null && attempt.codeAt === null
  const since = attempt.challengeAt ?? attempt.startedAt
  const optional = attempt.clientId === null ? 0 : 1
  const place = isAwaited ? after(since, event, stepWithinMs(attempt), { optional }) : null
  return place ?? again(attempt, event)
}

function forServerMetadata(attempt: Attempt, event: HandshakeEvent): Found | null {
  const { resourceAt, serverAt, serverAgainAt, codeAt, tokenAt } = attempt
  if (codeAt !== null && tokenAt === null && serverAgainAt === null) {
    return after(codeAt, event, joinsWithinMs, { optional: 1 })
  }
  const isAwaited = serverAt === null && codeAt === null
  const since = resourceAt ?? attempt.challengeAt ?? attempt.startedAt
  const missing = resourceAt === null ? 1 : 0
  const optional = attempt.clientId === null ? 0 : 1
  const place = isAwaited ? after(since, event, stepWithinMs(attempt), { missing, optional }) : null
  return place ?? again(attempt, event)
}

function forFirstRegistration(attempt: Attempt, event: HandshakeEvent): Found | null {
  const { resourceAt, serverAt, challengeAt, startedAt, clientId } = attempt
  if (clientId !== null && clientId !== event.clientId) return null
  const missing = serverAt !== null ? 0 : resourceAt !== null ? 1 : 2
  const since = serverAt ?? resourceAt ?? challengeAt ?? startedAt
  const optional = clientId === null ? 0 : 2
  return after(since, event, stepWithinMs(attempt), { missing, optional })
}

function forRegistration(attempt: Attempt, event: HandshakeEvent): Found | null {
  const { registrations, authorizedAt, registeredAt } = attempt
  if (registrations === 0) return forFirstRegistration(attempt, event)
  if (attempt.clientId !== event.clientId) return null
  if (!isInCloud(attempt)) {
    // later it is another run of the program, which registers like the one before
    const isOpen = authorizedAt === null && attempt.tokenAt === null
    return isOpen ? after(registeredAt, event, repeatsSoonMs, { optional: 1 }) : null
  }
  // a repeated registration opens no attempt of its own, whoever sent it
  const optional = registrations === 1 && authorizedAt === null ? 1 : 2 + registrations
  return after(registeredAt, event, registersAgainWithinMs, { optional })
}

const byName: Readonly<
  Partial<Record<HandshakeEvent['name'], (attempt: Attempt, event: HandshakeEvent) => Found | null>>
> = {
  'mcp.challenged': forChallenge,
  'mcp.refused': forChallenge,
  'resource-metadata.served': forResourceMetadata,
  'server-metadata.served': forServerMetadata,
  'client.registered': forRegistration,
  'client.refused': forRegistration,
  'authorization.checked': forCheck,
  'well-known.missed': forNotice,
  'preflight.answered': forNotice,
  'path.missed': forNotice,
  'method.refused': forNotice,
  'request.throttled': forNotice,
  'request.unavailable': forNotice,
  'exchange.failed': forNotice,
}

/** An attempt's place for a request without any id, or `null`. */
export function placeFor(attempt: Attempt, event: HandshakeEvent): Place | null {
  // a denied attempt is over
  if (attempt.deniedAt !== null || !mayBelong(attempt, event)) return null
  const place = byName[event.name]?.(attempt, event)
  return place ? { unlike: isSameProgram(attempt, event) ? 0 : 1, ...place } : null
}

/** Orders places, the best first. */
export const comparePlaces = (a: Place, b: Place): number =>
  a.unlike - b.unlike ||
  a.missing - b.missing ||
  a.tier - b.tier ||
  a.optional - b.optional ||
  a.since - b.since
