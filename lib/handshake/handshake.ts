import type { EventName } from '@/lib/events/catalogue'
import type { EventFacts } from '@/lib/events/fields'
import type { ProductId } from '@/lib/products/names'

/**
 * A handshake: all events of one attempt to connect, from the first unauthenticated request to the
 * first tool list. Everything here is plain data, made from events alone, so that it can be rebuilt
 * from them at any time.
 */

/** The steps of the golden trace, in its order. */
export const stageIds = [
  'challenge',
  'resource-metadata',
  'server-metadata',
  'client-identified',
  'authorization-requested',
  'signed-in',
  'consent-shown',
  'decided',
  'code-issued',
  'token-issued',
  'first-mcp-request',
  'tools-listed',
] as const

/** The id of a step. */
export type StageId = (typeof stageIds)[number]

/** Which product connects, as far as its user agents and registration tell. */
export type Surface = ProductId | 'unknown'

/** How the client identified itself. */
export type Identification = 'metadata-document' | 'dynamic' | 'pre-registered'

/** The protocol era of its MCP requests; `stateless` is 2026-07-28, `session` everything earlier. */
export type Era = 'stateless' | 'session'

/** An event as handshakes read it: what lib/store/events/events.ts stores, as plain data. */
export type HandshakeEvent = Omit<EventFacts, 'name' | 'fold'> & {
  /** the event's id in the log, as a decimal string */
  readonly id: string
  /** milliseconds since the epoch, when the event was recorded */
  readonly at: number
  readonly name: EventName
  /** how many requests it stands for, when more than one */
  readonly count?: number
}

/**
 * `done`: it happened. `failed`: it was tried and refused. `waiting`: expected and not yet due. `missing`:
 * overdue. `skipped`: not needed in this attempt (a remembered consent, a person already signed in, cached
 * metadata). `pending`: an earlier step comes first.
 */
export type StageState = 'done' | 'failed' | 'waiting' | 'missing' | 'skipped' | 'pending'

/** One step of one handshake. */
export type Stage = {
  readonly id: StageId
  readonly state: StageState
  /** milliseconds since the epoch when it was reached, or failed */
  readonly at: number | null
  /** milliseconds since the epoch by which it is due; `null` when a person decides or it is not expected yet */
  readonly dueAt: number | null
  /** ids of its events */
  readonly events: readonly string[]
}

/** The result of an attempt so far; `stage` names where it stalled or failed. */
export type Verdict =
  | { readonly kind: 'in-progress' }
  /** it signed in and stopped, as this product does: its first call comes when it is used */
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'degraded' }
  | { readonly kind: 'refused-by-operator' }
  | { readonly kind: 'stalled'; readonly stage: StageId }
  | { readonly kind: 'failed'; readonly stage: StageId }

/** One attempt to connect, as known at a given time. */
export type Handshake = {
  readonly id: string
  /** the failed attempt of the same client and network that this one retries */
  readonly retryOf: string | null
  readonly surface: Surface
  readonly identification: Identification | null
  readonly era: Era | null
  readonly clientId: string | null
  readonly clientName: string | null
  readonly userId: string | null
  readonly interactionId: string | null
  readonly grantId: string | null
  /** milliseconds since the epoch */
  readonly startedAt: number
  readonly lastAt: number
  readonly stages: readonly Stage[]
  readonly verdict: Verdict
  /** oldest first */
  readonly events: readonly HandshakeEvent[]
}
