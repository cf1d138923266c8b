import type { HandshakeEvent } from './handshake'

/**
 * Who has a part in a handshake. `person`: somebody signed in, or a grant was made, which no stranger
 * brings about. `claude`: nobody did, but it came from Anthropic's network, where strangers are not.
 * `stranger`: anybody may have sent all of it. Each lane is judged and told of for itself, so that
 * nobody waits behind strangers, however many they are.
 */
export const lanes = ['person', 'claude', 'stranger'] as const
export type Lane = (typeof lanes)[number]

/** A sign-in that was refused names whom it was tried for, not who tried. */
const isTried = ({ name }: HandshakeEvent): boolean =>
  name === 'operator.refused' || name === 'operator.challenged'

/** Whether an event shows that a person takes part. */
export const showsPerson = (event: HandshakeEvent): boolean =>
  event.grantId !== null || (event.userId !== null && !isTried(event))

/** The lane of a handshake that gets one more event. */
export function laneWith(lane: Lane, event: HandshakeEvent): Lane {
  if (lane === 'person' || showsPerson(event)) return 'person'
  return event.network === 'anthropic' ? 'claude' : lane
}

/** The lane of a handshake with these events. */
export const laneOf = (events: readonly HandshakeEvent[]): Lane =>
  events.reduce<Lane>(laneWith, 'stranger')
