import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { detailText, named } from './evidence'
import type { Facts } from './facts'

/** A token that is so young was issued under the settings in force, where it is not known since when. */
const freshMs = 60_000

/** What was refused because it was made for another address of this server. */
export type Moved = {
  readonly refused: HandshakeEvent
  /** the resource it was made for */
  readonly madeFor: string
}

/**
 * What a connection brought that was made under an earlier address. What was issued since this server
 * started is no such thing: then instances run with different addresses.
 */
export function movedSince(handshake: Handshake, { startedAt }: Facts): Moved | null {
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
