import type { Handshake, HandshakeEvent, Identification } from './handshake'
import { clientNameOf, eraOf, identificationOf, lastOf } from './identity'
import { surfaceOf } from './surface'
import { type Standing, standingOf } from './verdict'

/** What the joining knows of an attempt. */
export type JoinedAttempt = {
  readonly id: string
  readonly retryOf: string | null
  readonly events: readonly HandshakeEvent[]
}

/** What an operator does about the attempt of somebody else. */
const isOperators = ({ name, detail }: HandshakeEvent): boolean =>
  name === 'consent.approved' || (name === 'consent.denied' && detail.byOperator === true)

const inOrder = (a: HandshakeEvent, b: HandshakeEvent): number =>
  a.at - b.at || (BigInt(a.id) < BigInt(b.id) ? -1 : 1)

/**
 * Makes the handshake of an attempt as it stands at `now`.
 *
 * @param known how its client came to be known before, where the attempt itself does not tell
 */
export function assemble(
  { id, retryOf, events: joined }: JoinedAttempt,
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
