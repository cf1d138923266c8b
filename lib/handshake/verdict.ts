import { isAnsweredMcp, isAuthenticatedMcp } from './evidence'
import type { HandshakeEvent, Stage, StageId, Verdict } from './handshake'
import { cameBackAt, signsInOnly } from './sign-in-only'
import { dueAfterMs, stepsOf } from './stages'
import { troubleOf } from './trouble'

/** The state of an attempt at a given time. */
export type Standing = {
  readonly stages: readonly Stage[]
  readonly verdict: Verdict
  /** when the verdict began, in milliseconds since the epoch */
  readonly since: number
  /** the awaited step, or the one at which it ended; `null` when all are done */
  readonly stage: StageId | null
  /** when the awaited step is due; `null` when a person decides or nothing is awaited */
  readonly dueAt: number | null
  /** when to judge it again even without an event; `null` for never */
  readonly lookAgainAt: number | null
  /** the first authenticated request to the MCP endpoint that was answered */
  readonly connectedAt: number | null
  /** a token was issued, and the authenticated request to the MCP endpoint that was due did not come */
  readonly unused: boolean
}

type Judged = Pick<Standing, 'verdict' | 'since' | 'stage' | 'lookAgainAt'>

const later = (at: number | null, now: number): number | null =>
  at !== null && at > now ? at : null

function judgeConnected(
  events: readonly HandshakeEvent[],
  connectedAt: number,
  stages: readonly Stage[],
  now: number,
): Judged {
  const trouble = troubleOf(events, connectedAt, now)
  const tools = stages.find(({ id }) => id === 'tools-listed')
  const stage = tools?.state === 'done' ? null : 'tools-listed'
  const again = [later(tools?.dueAt ?? null, now), later(trouble.expectedAt, now)]
  return {
    verdict: { kind: trouble.since === null ? 'connected' : 'degraded' },
    since: trouble.since ?? connectedAt,
    stage,
    lookAgainAt: again.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a)),
  }
}

/** It has signed in, and its first call comes when it is used; from then on the call is due as usual. */
function judgeSignedIn(events: readonly HandshakeEvent[], since: number, now: number): Judged {
  const stage = 'first-mcp-request'
  const backAt = cameBackAt(events)
  const dueAt = backAt === null ? null : Math.max(since, backAt + (dueAfterMs[stage] ?? 0))
  if (dueAt !== null && now >= dueAt) {
    return { verdict: { kind: 'stalled', stage }, since: dueAt, stage, lookAgainAt: null }
  }
  return { verdict: { kind: 'signed-in' }, since, stage, lookAgainAt: dueAt }
}

function judgeOpen(events: readonly HandshakeEvent[], now: number): Judged {
  const { stages, awaited, refused, overAt } = stepsOf(events, now)
  if (refused) {
    const since = refused.at ?? 0
    const denied = refused.id === 'decided' && events.some(({ name }) => name === 'consent.denied')
    return {
      verdict: denied ? { kind: 'refused-by-operator' } : { kind: 'failed', stage: refused.id },
      since,
      stage: refused.id,
      lookAgainAt: null,
    }
  }
  if (awaited !== null && overAt !== null && now >= overAt) {
    if (awaited === 'first-mcp-request' && signsInOnly(events)) {
      return judgeSignedIn(events, overAt, now)
    }
    return {
      verdict: { kind: 'stalled', stage: awaited },
      since: overAt,
      stage: awaited,
      lookAgainAt: null,
    }
  }
  return {
    verdict: { kind: 'in-progress' },
    since: stages.findLast(({ state }) => state === 'done')?.at ?? events[0]?.at ?? 0,
    stage: awaited,
    lookAgainAt: overAt,
  }
}

/** Steps that come when the program is used are not missing before. */
const notDue = (stage: Stage): Stage =>
  stage.state === 'missing' ? { ...stage, state: 'pending', dueAt: null } : stage

/**
 * The state of an attempt as of `now`. A late event can change the verdict back: it is computed from all
 * events each time.
 *
 * @param events oldest first
 */
export function standingOf(events: readonly HandshakeEvent[], now: number): Standing {
  const { stages } = stepsOf(events, now)
  const connectedAt = events.find(isAnsweredMcp)?.at ?? null
  const judged =
    connectedAt === null ? judgeOpen(events, now) : judgeConnected(events, connectedAt, stages, now)
  const isDone = judged.verdict.kind === 'signed-in'
  return {
    ...judged,
    stages: isDone ? stages.map(notDue) : stages,
    dueAt: isDone
      ? null
      : (stages.find(({ state }) => state === 'waiting' || state === 'missing')?.dueAt ?? null),
    connectedAt,
    unused:
      !isDone &&
      events.some(({ name }) => name === 'token.issued') &&
      !events.some(isAuthenticatedMcp),
  }
}
