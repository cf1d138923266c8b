import type { Handshake, StageId } from './handshake'

/** What is asked of a handshake before anybody is told of it. */
export type Trouble = Pick<
  Handshake,
  'surface' | 'identification' | 'clientId' | 'verdict' | 'userId'
>

/** Steps at which a person is waited for, not a program. */
const personsSteps: readonly StageId[] = ['signed-in', 'consent-shown', 'decided']

/** Causes that say no more than that a person went away. */
const wentAway: readonly (string | null)[] = [null, 'sign-in-abandoned', 'consent-unanswered']

/**
 * A client that nobody knows: none was named, or a name was made up by something that is no known
 * product. Scanners and monitors come this far.
 */
const isNobody = ({ clientId, identification, surface }: Trouble): boolean =>
  clientId === null || (identification === null && surface === 'unknown')

/**
 * Why nobody is to be told of a handshake, or `null` when somebody is.
 *
 * @param cause the rule of its first finding; `null` for none, absent while it is not judged
 */
export function noiseOf(handshake: Trouble, cause?: string | null): string | null {
  const { verdict } = handshake
  if (verdict.kind !== 'stalled' && verdict.kind !== 'failed') return `is ${verdict.kind} by now`
  if (isNobody(handshake)) return 'no client was identified'
  if (cause === undefined || verdict.kind !== 'stalled') return null
  const isLeft = personsSteps.includes(verdict.stage) && wentAway.includes(cause)
  return isLeft ? 'a person went away' : null
}
