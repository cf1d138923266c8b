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
  /** how long after the step before: 0 up to 2 s, 1 up to 10 s, 2 beyond */
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
/** The first registration, after the server's metadata: 0.1–0.5 s. */
const registersAtOnceMs = 700
/** A second registration; hosted Claude sends it 1–2 s after the first. */
const registersAgainWithinMs = 10_000
/** Requests without a token that follow a token: hosted Claude starts anew after 60–101 s. */
const strippedWithinMs = 20_000
/** Knocks of a monitor, every few minutes, are one attempt that never went on. */
const knocksWithinMs = 15 * 60_000

const tierOf = (gap: number): number => (gap <= 2000 ? 0 : gap <= 10_000 ? 1 : 2)

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
  const isAwaited = attempt.resourceAt === null && attempt.clientId === null
  const since = attempt.challengeAt ?? attempt.startedAt
  return (isAwaited ? after(since, event, joinsWithinMs) : null) ?? again(attempt, event)
}

function forServerMetadata(attempt: Attempt, event: HandshakeEvent): Place | null {
  const { resourceAt, serverAt, serverAgainAt, authorizedAt, codeAt, tokenAt } = attempt
  if (codeAt !== null && tokenAt === null && serverAgainAt === null) {
    return after(codeAt, event, joinsWithinMs, { optional: 1 })
  }
  const isAwaited = serverAt === null && authorizedAt === null
  const since = resourceAt ?? attempt.challengeAt ?? attempt.startedAt
  const lack = resourceAt === null ? 1 : 0
  return (isAwaited ? after(since, event, joinsWithinMs, { lack }) : null) ?? again(attempt, event)
}

function forRegistration(attempt: Attempt, event: HandshakeEvent): Place | null {
  const { resourceAt, serverAt, challengeAt, startedAt, registrations } = attempt
  if (attempt.clientId === null && attempt.authorizedAt === null) {
    const lack = serverAt !== null ? 0 : resourceAt !== null ? 1 : 2
    const since = serverAt ?? resourceAt ?? challengeAt ?? startedAt
    const place = after(since, event, joinsWithinMs, { lack })
    // by then a second registration of another attempt is the likelier
    const isLate = event.detail.repeated === true && event.at - since > registersAtOnceMs
    return place && isLate ? { ...place, tier: Math.max(1, place.tier) } : place
  }
  if (registrations === 0 || attempt.clientId !== event.clientId) return null
  // one that was registered already makes no attempt of its own, whosever it is
  const isSecond = registrations === 1 && attempt.authorizedAt === null
  const optional = isSecond ? 1 : 1 + registrations
  return after(attempt.registeredAt, event, registersAgainWithinMs, { optional })
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
  'exchange.failed': again,
}

/** The place that an attempt has for a request without any id, or `null`. */
export const placeFor = (attempt: Attempt, event: HandshakeEvent): Place | null =>
  mayBelong(attempt, event) ? (byName[event.name]?.(attempt, event) ?? null) : null

/** Orders places, the best first. */
export const comparePlaces = (a: Place, b: Place): number =>
  a.lack - b.lack || a.tier - b.tier || a.optional - b.optional || a.since - b.since
