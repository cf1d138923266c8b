import type { ReasonKind } from '@/lib/reasons'
import { reasonOfEvent } from '@/lib/stored-reasons'
import { isAnsweredMcp, isBenignRefusal, isExpiredUse } from './evidence'
import type { HandshakeEvent } from './handshake'

/** An expired token is normal: Claude refreshes it, within 30 s. */
const refreshTakesMs = 30_000
/** How many refusals are trouble even if each was followed by an answer. */
const manyRefusals = 3

function isRevoked(event: HandshakeEvent, ...because: readonly ReasonKind[]): boolean {
  const reason = event.name === 'grant.revoked' ? reasonOfEvent(event) : null
  return reason !== null && because.includes(reason.kind)
}

/** What ends a connection unintentionally. */
const isBreach = (event: HandshakeEvent): boolean =>
  event.name === 'token.reused' ||
  (event.name === 'code.replayed' && event.detail.revoked === true) ||
  isRevoked(event, 'code-replayed', 'refresh-token-replayed')

/** Intended ends and pauses, after which refusals are expected. */
const isWantedEnd = (event: HandshakeEvent): boolean =>
  isRevoked(event, 'revoked-by-person', 'revoked-by-client') ||
  event.name === 'grant.paused' ||
  event.name === 'token.revoked' ||
  event.name === 'client.disabled' ||
  event.name === 'user.disabled'

const isRefusal = (event: HandshakeEvent): boolean =>
  (event.name === 'mcp.refused' && !isBenignRefusal(event)) ||
  event.name === 'mcp.challenged' ||
  event.name === 'token.refused' ||
  event.name === 'request.throttled' ||
  event.name === 'request.unavailable' ||
  event.name === 'exchange.failed' ||
  (event.name === 'mcp.listed' && event.detail.method === 'tools/list' && event.outcome !== 'ok')

/** Whether an event shows that what was refused before works again. */
export const isRecovery = (event: HandshakeEvent): boolean =>
  isAnsweredMcp(event) || event.name === 'token.refreshed' || event.name === 'grant.resumed'

/** Whether an event of a connection is more than normal operation. */
export const isNotable = (event: HandshakeEvent): boolean =>
  isRefusal(event) ||
  isBreach(event) ||
  isWantedEnd(event) ||
  event.name === 'grant.resumed' ||
  (event.name === 'token.refreshed' && event.detail.grace === true)

/** Trouble of a connection: since when, and when it would become trouble if nothing else comes. */
export type Trouble = { readonly since: number | null; readonly expectedAt: number | null }

const none: Trouble = { since: null, expectedAt: null }

function ofRefusals(refusals: readonly HandshakeEvent[], last: number, now: number): Trouble {
  if (refusals.length >= manyRefusals)
    return { since: refusals[manyRefusals - 1]?.at ?? null, expectedAt: null }
  const open = refusals.find(({ at }) => at > last)
  if (!open) return none
  const since = open.at + (isExpiredUse(open) ? refreshTakesMs : 0)
  return since <= now ? { since, expectedAt: null } : { since: null, expectedAt: since }
}

/**
 * What troubles a connection after its first answered request: a refusal without a later success, many
 * refusals, or an unintended end.
 *
 * @param events oldest first
 * @param connectedAt milliseconds since the epoch
 */
export function troubleOf(
  events: readonly HandshakeEvent[],
  connectedAt: number,
  now: number,
): Trouble {
  const after = events.filter(({ at }) => at >= connectedAt)
  const breach = after.find(isBreach)
  if (breach) return { since: breach.at, expectedAt: null }
  const endedAt = after.find(isWantedEnd)?.at ?? Number.POSITIVE_INFINITY
  const refusals = after.filter((event) => event.at < endedAt && isRefusal(event))
  return ofRefusals(refusals, after.findLast(isRecovery)?.at ?? connectedAt, now)
}
