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
 * Whether nobody known is behind it: no client was named, or something that is no known product made
 * a name up, or registered and went away. Scanners come this far.
 */
function isNobody({ clientId, identification, surface, userId, verdict }: Trouble): boolean {
  if (clientId === null) return true
  if (surface !== 'unknown' || userId !== null) return false
  return identification === null || verdict.kind === 'stalled'
}

/**
 * Why nobody is to be told of a handshake, or `null` when somebody is.
 *
 * @param cause the rule of its first finding; `null` for none, absent while it is not judged
 */
export function noiseOf(handshake: Trouble, cause?: string | null): string | null {
  const { verdict } = handshake
  if (verdict.kind !== 'stalled' && verdict.kind !== 'failed') {
    return `it is ${verdict.kind.replaceAll('-', ' ')} by now`
  }
  if (isNobody(handshake)) return 'no client was identified'
  if (cause === undefined || verdict.kind !== 'stalled') return null
  const isLeft = personsSteps.includes(verdict.stage) && wentAway.includes(cause)
  return isLeft ? 'a person went away' : null
}
