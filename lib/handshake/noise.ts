import type { Handshake, StageId } from './handshake'

/** What decides whether a handshake causes an alert. */
export type AlertSubject = Pick<
  Handshake,
  'surface' | 'identification' | 'clientId' | 'verdict' | 'userId'
>

/** Steps that wait for a person, not a program. */
const personsSteps: readonly StageId[] = ['signed-in', 'consent-shown', 'decided']

/** Causes that only say that a person went away. */
const abandoned: readonly (string | null)[] = [null, 'sign-in-abandoned', 'consent-unanswered']

/**
 * Whether no known client or person is behind it: no client was named, or an unknown product made up a
 * name, or registered and went away. Scanners get this far.
 */
function isUnknown({ clientId, identification, surface, userId, verdict }: AlertSubject): boolean {
  if (clientId === null) return true
  if (surface !== 'unknown' || userId !== null) return false
  return identification === null || verdict.kind === 'stalled'
}

/**
 * Why a handshake causes no alert, or `null` when it does.
 *
 * @param cause the rule of its first finding; `null` for none, absent while it is not judged
 */
export function noiseOf(handshake: AlertSubject, cause?: string | null): string | null {
  const { verdict } = handshake
  if (verdict.kind !== 'stalled' && verdict.kind !== 'failed') {
    return `it is ${verdict.kind.replaceAll('-', ' ')} by now`
  }
  if (isUnknown(handshake)) return 'no client was identified'
  if (cause === undefined || verdict.kind !== 'stalled') return null
  const isLeft = personsSteps.includes(verdict.stage) && abandoned.includes(cause)
  return isLeft ? 'a person went away' : null
}
