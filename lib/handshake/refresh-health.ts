import { isExpiredUse } from './evidence'
import type { HandshakeEvent } from './handshake'

/** The limits of a connection's refresh tokens; times in milliseconds since the epoch. */
export type RefreshTerms = {
  /** when the person approved */
  readonly grantedAt: number
  /** how long an unused connection stays alive, in milliseconds */
  readonly idleMs: number
  /** how long it lives at most, in milliseconds */
  readonly longestMs: number
  /** when it was revoked */
  readonly revokedAt: number | null
}

/** A refresh that was due, and late. */
type MissedRefresh = {
  /** when a request came with the expired access token */
  readonly dueAt: number
  /** when a late refresh came */
  readonly cameAt: number | null
  /** the request that was refused */
  readonly event: string
}

/** The state of a connection's refresh tokens. */
type RefreshHealth = {
  /** `dying`: it ends within the warning time unless it is used or approved again */
  readonly state: 'never refreshed' | 'well' | 'refresh missing' | 'dying' | 'ended'
  readonly refreshes: number
  /** ids of refreshes that raced another one and got the same successor */
  readonly races: readonly string[]
  /** ids of requests that used a refresh token after its grace period, and ended the connection */
  readonly reuses: readonly string[]
  readonly missed: readonly MissedRefresh[]
  /** when the newest refresh token ends; `null` when there is none, or no longer one */
  readonly diesAt: number | null
  /** what ends it */
  readonly diesOf: 'not being used' | 'its longest life' | null
}

/** Claude allows 30 s for a refresh (claude.com/docs/connectors/building/authentication). */
const refreshTakesMs = 30_000
/** The warning starts in the last seventh of the idle time, at most a week before its end. */
const warnBeforeMs = (idleMs: number): number => Math.min(idleMs / 7, 7 * 24 * 3_600_000)

const isRefreshed = ({ name }: HandshakeEvent): boolean => name === 'token.refreshed'

function missedRefreshes(events: readonly HandshakeEvent[], now: number): MissedRefresh[] {
  const refreshes = events.filter(isRefreshed)
  const missed: MissedRefresh[] = []
  for (const { at, id } of events.filter(isExpiredUse)) {
    const next = refreshes.find((event) => event.at >= at)
    const late = (next?.at ?? now) - at > refreshTakesMs
    // many requests may meet one expiry
    const isNew = missed.every(({ cameAt }) => cameAt !== null && cameAt < at)
    if (late && isNew) missed.push({ dueAt: at, cameAt: next?.at ?? null, event: id })
  }
  return missed
}

function end(
  issuedAt: number | undefined,
  { grantedAt, idleMs, longestMs, revokedAt }: RefreshTerms,
): Pick<RefreshHealth, 'diesAt' | 'diesOf'> {
  if (issuedAt === undefined || revokedAt !== null) return { diesAt: null, diesOf: null }
  const idle = issuedAt + idleMs
  const longest = grantedAt + longestMs
  return idle < longest
    ? { diesAt: idle, diesOf: 'not being used' }
    : { diesAt: longest, diesOf: 'its longest life' }
}

function stateOf(
  health: Omit<RefreshHealth, 'state'>,
  terms: RefreshTerms,
  now: number,
): RefreshHealth['state'] {
  const { diesAt, missed, refreshes } = health
  if (terms.revokedAt !== null || (diesAt !== null && diesAt <= now)) return 'ended'
  if (missed.some(({ cameAt }) => cameAt === null)) return 'refresh missing'
  if (diesAt !== null && diesAt - now <= warnBeforeMs(terms.idleMs)) return 'dying'
  return refreshes === 0 ? 'never refreshed' : 'well'
}

/**
 * Judges the refresh tokens of a connection by its recorded events.
 *
 * @param events of the grant, oldest first
 */
export function refreshHealth(
  events: readonly HandshakeEvent[],
  terms: RefreshTerms,
  now: number,
): RefreshHealth {
  const refreshed = events.filter(isRefreshed)
  const issued = events.findLast(
    ({ name, detail }) =>
      (name === 'token.issued' || name === 'token.refreshed') &&
      typeof detail.refreshTokenId === 'string' &&
      // a repetition gets a successor that was issued before
      detail.grace !== true,
  )
  const health = {
    refreshes: refreshed.length,
    races: refreshed.filter(({ detail }) => detail.grace === true).map(({ id }) => id),
    reuses: events.filter(({ name }) => name === 'token.reused').map(({ id }) => id),
    missed: missedRefreshes(events, now),
    ...end(issued?.at, terms),
  }
  return { ...health, state: stateOf(health, terms, now) }
}
