import type { HandshakeEvent } from './handshake'

/**
 * Who takes part in a handshake. `person`: someone signed in, or a grant was created, which no stranger can
 * cause. `claude`: neither, but it came from Anthropic's network, where strangers are not. `stranger`:
 * anyone may have sent all of it. Each lane is judged and reported separately, so that strangers, however
 * many, delay nobody else.
 */
export const lanes = ['person', 'claude', 'stranger'] as const
export type Lane = (typeof lanes)[number]

/** A refused sign-in names the account that was tried, not who tried. */
const isTried = ({ name }: HandshakeEvent): boolean =>
  name === 'operator.refused' || name === 'operator.challenged'

/** Whether an event shows that a person takes part. */
const showsPerson = (event: HandshakeEvent): boolean =>
  event.grantId !== null || (event.userId !== null && !isTried(event))

/** The lane of a handshake after one more event. */
export function laneWith(lane: Lane, event: HandshakeEvent): Lane {
  if (lane === 'person' || showsPerson(event)) return 'person'
  return event.network === 'anthropic' ? 'claude' : lane
}

/** The lane of a handshake with these events. */
export const laneOf = (events: readonly HandshakeEvent[]): Lane =>
  events.reduce<Lane>(laneWith, 'stranger')
