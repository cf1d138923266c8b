import type { Handshake, HandshakeEvent, Identification } from './handshake'
import { clientNameOf, eraOf, identificationOf, lastOf } from './identity'
import { surfaceOf } from './surface'
import { type Standing, standingOf } from './verdict'

/** An operator's action on another person's attempt. */
const isOperators = ({ name, detail }: HandshakeEvent): boolean =>
  name === 'consent.approved' || (name === 'consent.denied' && detail.byOperator === true)

const inOrder = (a: HandshakeEvent, b: HandshakeEvent): number =>
  a.at - b.at || (BigInt(a.id) < BigInt(b.id) ? -1 : 1)

/**
 * Builds the handshake of an attempt as of `now`.
 *
 * @param known how its client was identified before, when the attempt itself does not show it
 */
export function assemble(
  { id, retryOf, events: joined }: Pick<Handshake, 'id' | 'retryOf' | 'events'>,
  known: Identification | null,
  now: number,
): { readonly handshake: Handshake; readonly standing: Standing } {
  const events = joined.toSorted(inOrder)
  const standing = standingOf(events, now)
  const handshake: Handshake = {
    id,
    retryOf,
    surface: surfaceOf(events),
    identification: identificationOf(events, known),
    era: eraOf(events),
    clientId: lastOf(events, 'clientId'),
    clientName: clientNameOf(events),
    userId: lastOf(
      events.filter((event) => !isOperators(event)),
      'userId',
    ),
    interactionId: lastOf(events, 'interactionId'),
    grantId: lastOf(events, 'grantId'),
    startedAt: events[0]?.at ?? 0,
    lastAt: events.at(-1)?.at ?? 0,
    stages: standing.stages,
    verdict: standing.verdict,
    events,
  }
  return { handshake, standing }
}
