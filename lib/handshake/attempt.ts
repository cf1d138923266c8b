import { isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import type { Lane } from './lane'
import {
  anthropicNetwork,
  cloudOf,
  mayBeSameSoftware,
  placeOf,
  softwareOf,
  sourceOf,
} from './software'

/**
 * An attempt while it is joined: its events, and what of them decides where the next event goes.
 * Times are milliseconds since the epoch.
 */
export type Attempt = {
  readonly id: string
  readonly retryOf: string | null
  readonly events: HandshakeEvent[]
  /** where its requests without ids come from */
  readonly sources: Set<string>
  software: string | null
  lane: Lane
  clientId: string | null
  /** the browser that came to /authorize */
  browser: { readonly address: string | null; readonly userAgent: string | null } | null
  startedAt: number
  lastAt: number
  challengeAt: number | null
  dataChallenges: number
  resourceAt: number | null
  serverAt: number | null
  serverAgainAt: number | null
  registeredAt: number | null
  registrations: number
  authorizedAt: number | null
  decidedAt: number | null
  codeAt: number | null
  tokenAt: number | null
  /** the first authenticated request to the MCP endpoint, and the first that was answered */
  mcpAt: number | null
  connectedAt: number | null
  /** where the first answered request came from */
  origin: string | null
  notableAt: number | null
  recoveredAt: number | null
}

/** An attempt without any event yet. */
export const newAttempt = (id: string, retryOf: string | null): Attempt => ({
  id,
  retryOf,
  events: [],
  sources: new Set(),
  software: null,
  lane: 'stranger',
  clientId: null,
  browser: null,
  startedAt: Number.POSITIVE_INFINITY,
  lastAt: 0,
  challengeAt: null,
  dataChallenges: 0,
  resourceAt: null,
  serverAt: null,
  serverAgainAt: null,
  registeredAt: null,
  registrations: 0,
  authorizedAt: null,
  decidedAt: null,
  codeAt: null,
  tokenAt: null,
  mcpAt: null,
  connectedAt: null,
  origin: null,
  notableAt: null,
  recoveredAt: null,
})

/** Whether a request without any id may belong to an attempt. */
export const mayBelong = (attempt: Attempt, event: HandshakeEvent): boolean =>
  attempt.sources.has(sourceOf(event)) && mayBeSameSoftware(attempt.software, softwareOf(event))

/** Whether the client of an attempt runs in its maker's cloud. */
export const isInCloud = ({ software }: Attempt): boolean => cloudOf(software) !== null

/** Whether nothing of an attempt is known but that it knocked. */
export const isBare = ({ events }: Attempt): boolean =>
  events.every((event) => isUnauthenticatedMcp(event) || event.name === 'path.missed')

/**
 * Whether a request comes from where an attempt does: from one of its machines, or from its browser's.
 * It is all that ties a request to an attempt whose ids anybody may know.
 */
export function comesFrom(attempt: Attempt, event: HandshakeEvent): boolean {
  const source = sourceOf(event)
  if (attempt.sources.has(source)) return true
  return attempt.browser !== null && placeOf(attempt.browser.address) === source
}

/** Whether the cloud that an attempt says it runs in is proven by its network, or is next to a browser. */
export const isProvenCloud = (attempt: Attempt, event: HandshakeEvent): boolean =>
  isInCloud(attempt) &&
  (attempt.sources.has(anthropicNetwork) || attempt.sources.has(placeOf(event.address)))
