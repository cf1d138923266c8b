import type { Handshake } from '@/lib/handshake/handshake'
import { detailText, named } from './evidence'
import type { Facts } from './facts'

/** A token this young was issued under the current settings, when the start time is unknown. */
const freshMs = 60_000

/**
 * A credential that was refused because it was issued under an earlier address, and the resource it was
 * made for. One issued since this server started does not count: then instances run with different addresses.
 */
export function movedSince(handshake: Handshake, { startedAt }: Facts) {
  const refused = named(handshake, 'mcp.challenged', 'token.refused').findLast(
    (event) => detailText(event, 'madeFor') !== '',
  )
  if (!refused) return null
  const issued = named(handshake, 'token.issued', 'token.refreshed').findLast(
    ({ at }) => at <= refused.at,
  )
  const isFresh = issued && issued.at > (startedAt ?? refused.at - freshMs)
  return isFresh ? null : { refused, madeFor: detailText(refused, 'madeFor') }
}
