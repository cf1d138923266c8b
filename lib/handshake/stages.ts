import { lifetimes } from '@/lib/oauth/lifetimes'
import { evidenceOf } from './evidence'
import { type HandshakeEvent, type Stage, type StageId, stageIds } from './handshake'

/**
 * When a step is due, in milliseconds after the step before it; `null` when a person decides. Claude allows
 * 10 s for discovery, registration and the token request; a token not used after 15 s is not used at all
 * (10 s for its verification and some slack).
 */
export const dueAfterMs: Readonly<Record<StageId, number | null>> = {
  challenge: null,
  'resource-metadata': 10_000,
  'server-metadata': 10_000,
  'client-identified': 15_000,
  'authorization-requested': 30_000,
  'signed-in': null,
  'consent-shown': null,
  decided: null,
  'code-issued': 5_000,
  'token-issued': 15_000,
  'first-mcp-request': 15_000,
  'tools-listed': 15_000,
}

/** How long a person may take before the interaction is over, in milliseconds. */
export const personMayTakeMs = lifetimes.interaction * 1000

/** How long a held answer waits for an operator, in milliseconds; then for the person's browser. */
export const heldForMs = lifetimes.held * 1000

/** The evidence for one step. */
type Trail = {
  readonly done: HandshakeEvent[]
  readonly refused: HandshakeEvent[]
}

type Trails = Readonly<Record<StageId, Trail>>

function trailsOf(events: readonly HandshakeEvent[]): Trails {
  const trails = Object.fromEntries(
    stageIds.map((id) => [id, { done: [], refused: [] }]),
  ) as unknown as Trails
  let hasToken = false
  for (const event of events) {
    for (const { stage, done } of evidenceOf(event, hasToken)) {
      trails[stage][done ? 'done' : 'refused'].push(event)
    }
    hasToken ||= event.name === 'token.issued'
  }
  return trails
}

const idsOf = ({ done, refused }: Trail): string[] =>
  [...refused, ...done].toSorted((a, b) => a.at - b.at).map(({ id }) => id)

/** How far an attempt came, as places in {@link stageIds}; -1 for nowhere. */
type Reach = { readonly done: number; readonly refused: number }

function reachOf(trails: Trails): Reach {
  const last = (kind: keyof Trail) => stageIds.findLastIndex((id) => trails[id][kind].length > 0)
  const done = last('done')
  const refused = stageIds.findIndex((id, place) => place > done && trails[id].refused.length > 0)
  return { done, refused }
}

/** When the awaited step is overdue; a person has until the interaction ends. */
function overAtOf(awaited: StageId, before: StageId, trails: Trails): number {
  const after = dueAfterMs[awaited]
  if (after !== null) return (trails[before].done[0]?.at ?? 0) + after
  const personUntil = (trails['authorization-requested'].done.at(-1)?.at ?? 0) + personMayTakeMs
  const held = trails['consent-shown'].done.findLast(({ name }) =>
    /^consent\.(held|approved)$/.test(name),
  )
  return Math.max(personUntil, held ? held.at + heldForMs : 0)
}

/** The steps of a handshake, and when to judge them again. */
type Steps = {
  readonly stages: readonly Stage[]
  /** the awaited or missing step; `null` when one was refused, or none is left */
  readonly awaited: StageId | null
  /** the refused step, after which none was reached */
  readonly refused: Stage | null
  /** when the awaited step is overdue, in milliseconds since the epoch */
  readonly overAt: number | null
}

/**
 * The steps of the golden trace as of `now`. A later step that was reached proves the ones before it: those
 * without an event were not needed.
 *
 * @param events oldest first
 */
export function stepsOf(events: readonly HandshakeEvent[], now: number): Steps {
  const trails = trailsOf(events)
  const reach = reachOf(trails)
  const awaited = reach.refused === -1 ? (stageIds[reach.done + 1] ?? null) : null
  const before = stageIds[reach.done]
  const overAt = awaited && before ? overAtOf(awaited, before, trails) : null
  const stages = stageIds.map((id, place): Stage => {
    const trail = trails[id]
    const at = (trail.done[0] ?? trail.refused.at(-1))?.at ?? null
    const stage = { id, at, dueAt: null, events: idsOf(trail) }
    if (trail.done.length > 0) return { ...stage, state: 'done' }
    if (trail.refused.length > 0) return { ...stage, state: 'failed' }
    if (place < Math.max(reach.done, reach.refused)) return { ...stage, state: 'skipped' }
    if (id !== awaited) return { ...stage, state: 'pending' }
    const dueAt = dueAfterMs[id] === null ? null : overAt
    return { ...stage, dueAt, state: overAt !== null && now >= overAt ? 'missing' : 'waiting' }
  })
  return { stages, awaited, refused: stages[reach.refused] ?? null, overAt }
}
