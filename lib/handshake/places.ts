import { type Attempt, isBare, isInCloud, mayBelong } from './attempt'
import type { HandshakeEvent } from './handshake'
import { isHostedData } from './software'

/**
 * How well a request without any id fits an attempt. Attempts that run side by side send the same
 * requests from the same network, so each step of each is one place, and a request takes the place
 * that waits for it. Lower is better, member by member.
 */
export type Place = {
  /** steps that should have come before and have not */
  readonly lack: number
  /** how long after the step before: 0 up to 10 s, 1 beyond */
  readonly tier: number
  /** 0 when every attempt sends it, more when it may as well not be sent */
  readonly optional: number
  /** the longer a place has waited, the sooner it is taken */
  readonly since: number
}

/** How long after the step before a request without any id still belongs to the same attempt. */
export const joinsWithinMs = 120_000
/** Further requests of a step that was made before. */
const repeatsWithinMs = 30_000
/** A second registration; hosted Claude sends it 1–2 s after the first. */
const registersAgainWithinMs = 45_000
/** Requests without a token that follow a token: hosted Claude starts anew after 60–101 s. */
const strippedWithinMs = 20_000
/** Knocks of a monitor, every few minutes, are one attempt that never went on. */
const knocksWithinMs = 15 * 60_000

/** Claude allows a step 10 s: what waited longer is likely given up. */
export const tierOf = (gap: number): number => (gap <= 10_000 ? 0 : 1)

/** The place after a step at `since`, unless that is too long ago. */
function after(
  since: number | null,
  { at }: HandshakeEvent,
  within: number,
  { lack = 0, optional = 0 } = {},
): Place | null {
  if (since === null || at - since > within) return null
  return { lack, tier: tierOf(at - since), optional, since }
}

/** One more of the same; the attempt that was heard of last is the likeliest. */
function again(attempt: Attempt, event: HandshakeEvent): Place | null {
  if (attempt.mcpAt !== null || event.at - attempt.lastAt > repeatsWithinMs) return null
  return { lack: 0, tier: tierOf(event.at - attempt.lastAt), optional: 3, since: -attempt.lastAt }
}

function forChallenge(attempt: Attempt, event: HandshakeEvent): Place | null {
  const isData = isHostedData(event)
  if (attempt.tokenAt !== null && attempt.mcpAt === null && (isData || !isInCloud(attempt))) {
    return after(attempt.tokenAt, event, strippedWithinMs)
  }
  if (attempt.tokenAt !== null) return null
  if (isData) {
    const isFull = attempt.challengeAt === null || attempt.dataChallenges >= 3
    return isFull ? null : after(attempt.lastAt, event, repeatsWithinMs, { optional: 1 })
  }
  if (isInCloud(attempt) || !isBare(attempt)) return null
  return after(attempt.lastAt, event, knocksWithinMs, { optional: 1 })
}

function forResourceMetadata(attempt: Attempt, event: HandshakeEvent): Place | null {
  const isAwaited = attempt.resourceAt === null && attempt.codeAt === null
  const since = attempt.challengeAt ?? attempt.startedAt
  const optional = attempt.clientId === null ? 0 : 1
  const place = isAwaited ? after(since, event, joinsWithinMs, { optional }) : null
  return place ?? again(attempt, event)
}

function forServerMetadata(attempt: Attempt, event: HandshakeEvent): Place | null {
  const { resourceAt, serverAt, serverAgainAt, codeAt, tokenAt } = attempt
  if (codeAt !== null && tokenAt === null && serverAgainAt === null) {
    return after(codeAt, event, joinsWithinMs, { optional: 1 })
  }
  const isAwaited = serverAt === null && codeAt === null
  const since = resourceAt ?? attempt.challengeAt ?? attempt.startedAt
  const lack = resourceAt === null ? 1 : 0
  const optional = attempt.clientId === null ? 0 : 1
  const place = isAwaited ? after(since, event, joinsWithinMs, { lack, optional }) : null
  return place ?? again(attempt, event)
}

function forFirstRegistration(attempt: Attempt, event: HandshakeEvent): Place | null {
  const { resourceAt, serverAt, challengeAt, startedAt, clientId } = attempt
  if (clientId !== null && clientId !== event.clientId) return null
  const lack = serverAt !== null ? 0 : resourceAt !== null ? 1 : 2
  const since = serverAt ?? resourceAt ?? challengeAt ?? startedAt
  const optional = clientId === null ? 0 : 2
  return after(since, event, joinsWithinMs, { lack, optional })
}

function forRegistration(attempt: Attempt, event: HandshakeEvent): Place | null {
  const { registrations, authorizedAt, registeredAt } = attempt
  if (registrations === 0) return forFirstRegistration(attempt, event)
  if (attempt.clientId !== event.clientId) return null
  // one that was registered already makes no attempt of its own, whosever it is
  const optional = registrations === 1 && authorizedAt === null ? 1 : 2 + registrations
  return after(registeredAt, event, registersAgainWithinMs, { optional })
}

const byName: Readonly<
  Partial<Record<HandshakeEvent['name'], (attempt: Attempt, event: HandshakeEvent) => Place | null>>
> = {
  'mcp.challenged': forChallenge,
  'mcp.refused': forChallenge,
  'resource-metadata.served': forResourceMetadata,
  'server-metadata.served': forServerMetadata,
  'client.registered': forRegistration,
  'client.refused': forRegistration,
  'well-known.missed': again,
  'preflight.answered': again,
  'path.missed': again,
  'method.refused': again,
  'request.throttled': again,
  'request.unavailable': again,
  'exchange.failed': again,
}

/** The place that an attempt has for a request without any id, or `null`. */
export const placeFor = (attempt: Attempt, event: HandshakeEvent): Place | null =>
  mayBelong(attempt, event) ? (byName[event.name]?.(attempt, event) ?? null) : null

/** Orders places, the best first. */
export const comparePlaces = (a: Place, b: Place): number =>
  a.lack - b.lack || a.tier - b.tier || a.optional - b.optional || a.since - b.since
