import { later, lifetimes } from '@/lib/oauth/lifetimes'
import type { Attempt } from '@/lib/store/attempts'
import type { StoredEvent } from '@/lib/store/events'

/** The steps of an attempt that can be told from what is stored of it, in their order. */
export const attemptStages = [
  'authorization-requested',
  'consent-shown',
  'decided',
  'token-issued',
  'first-mcp-request',
] as const

/** A step of an attempt. */
export type AttemptStage = (typeof attemptStages)[number]

/** How an attempt stands. */
export const attemptVerdicts = [
  'in-progress',
  'connected',
  'refused-by-operator',
  'stalled',
  'failed',
] as const

/** How far an attempt came, and what is missing. */
export type AttemptVerdict = {
  readonly verdict: (typeof attemptVerdicts)[number]
  readonly reached: AttemptStage
  /** the step that is due, overdue or failed; `null` when the attempt is over */
  readonly missing: AttemptStage | null
}

/** Claude's first request follows its token within 1.5 s; after this it is not coming. */
const firstRequestWithin = 15

/** The refusals that end an attempt which waits for a step. */
const fatal: Partial<Record<AttemptStage, RegExp>> = {
  'token-issued': /^(token\.refused|code\.replayed|exchange\.failed)$/,
  'first-mcp-request': /^(mcp\.(challenged|refused)|exchange\.failed)$/,
}

/** What an attempt that goes on waits for, and until when that is no cause for worry. */
function waitsFor(attempt: Attempt): { reached: AttemptStage; missing: AttemptStage; due: Date } {
  const { shownAt, decidedAt, tokenIssuedAt, expiresAt } = attempt
  if (tokenIssuedAt) {
    const due = later(tokenIssuedAt, firstRequestWithin)
    return { reached: 'token-issued', missing: 'first-mcp-request', due }
  }
  if (decidedAt) {
    const due = later(decidedAt, lifetimes.authorizationCode)
    return { reached: 'decided', missing: 'token-issued', due }
  }
  return shownAt
    ? { reached: 'consent-shown', missing: 'decided', due: expiresAt }
    : { reached: 'authorization-requested', missing: 'consent-shown', due: expiresAt }
}

/**
 * How an attempt stands.
 *
 * @param refusals what was refused or failed in it
 */
export function verdictOf(
  attempt: Attempt,
  refusals: readonly Pick<StoredEvent, 'name'>[],
  now: Date,
): AttemptVerdict {
  if (attempt.decision === 'denied') {
    return { verdict: 'refused-by-operator', reached: 'decided', missing: null }
  }
  if (attempt.firstUsedAt) {
    return { verdict: 'connected', reached: 'first-mcp-request', missing: null }
  }
  const { reached, missing, due } = waitsFor(attempt)
  const failed = refusals.some(({ name }) => fatal[missing]?.test(name))
  const verdict = failed ? 'failed' : now > due ? 'stalled' : 'in-progress'
  return { verdict, reached, missing }
}
