import { productByAgentName } from '@/lib/products/product'
import { isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import type { Lane } from './lane'
import { endsAtToken, isAsking } from './sign-in-only'
import {
  alsoCalled,
  anthropicNetwork,
  cloudOf,
  placeOf,
  productNamedBy,
  softwareOf,
  sourceOf,
} from './software'

/**
 * An attempt while it is joined: its events, and the derived facts that decide where the next event
 * belongs. Times are milliseconds since the epoch.
 */
export class Attempt {
  readonly events: HandshakeEvent[] = []
  /** where its requests without ids come from */
  readonly sources = new Set<string>()
  software: string | null = null
  /** every name that its own requests gave; empty for a request without a name */
  readonly programs = new Set<string>()
  /** the known product that its identity names, which its user agents may not name */
  product: string | null = null
  lane: Lane = 'stranger'
  clientId: string | null = null
  /** the browser that opened /authorize */
  browser: { readonly address: string | null; readonly userAgent: string | null } | null = null
  startedAt = Number.POSITIVE_INFINITY
  lastAt = 0
  challengeAt: number | null = null
  /** the user agent of its first request without a token */
  challengeAgent: string | null = null
  /** how often it started over with a challenge, after a pause */
  rounds = 0
  /** whether it sent a token that is not of this server */
  hasDeadToken = false
  dataChallenges = 0
  resourceAt: number | null = null
  serverAt: number | null = null
  serverAgainAt: number | null = null
  registeredAt: number | null = null
  registrations = 0
  authorizedAt: number | null = null
  /** its authorization requests, by `run` of their events */
  readonly runs = new Set<string>()
  decidedAt: number | null = null
  deniedAt: number | null = null
  codeAt: number | null = null
  tokenAt: number | null = null
  /** the first authenticated request to the MCP endpoint, and the first that was answered */
  mcpAt: number | null = null
  connectedAt: number | null = null
  /** where the first answered request came from */
  origin: string | null = null
  notableAt: number | null = null
  recoveredAt: number | null = null

  constructor(
    readonly id: string,
    readonly retryOf: string | null,
  ) {}
}

const isProduct = (software: string): boolean => productByAgentName(software)?.isLibrary === false

/** Whether the program of an attempt is known to sign in and stop. */
export const mayStopAtToken = ({ product, software, events }: Attempt): boolean =>
  endsAtToken(productByAgentName(product ?? software), events)

/** Whether the program of an attempt has sent a request, and its person may sign in whenever they like. */
export function continuesLater({ product, software, events }: Attempt): boolean {
  const known = productByAgentName(product ?? software)
  return known?.loginEnds === 'unasked' && events.some((event) => isAsking(known, event))
}

/** Whether a request has the name of an earlier one of an attempt. */
export const isSameProgram = ({ programs }: Attempt, event: HandshakeEvent): boolean =>
  programs.has(softwareOf(event) ?? '')

/** Whether a request names another product than that of an attempt. */
export function isOtherProduct({ product, software }: Attempt, event: HandshakeEvent): boolean {
  const named = productNamedBy(event)
  if (named === null) return false
  if (product !== null) return named !== product
  return software !== null && isProduct(software) && software !== named
}

/**
 * Whether a request may be of an attempt's program. A different name means a different program, unless it
 * is known that one product uses both: by its registration, or by what is known of it.
 */
function mayBeProgram(attempt: Attempt, event: HandshakeEvent): boolean {
  if (isOtherProduct(attempt, event)) return false
  const software = softwareOf(event)
  const { product, programs } = attempt
  if (attempt.software === null || software === null || programs.has(software)) return true
  if (software === product || productNamedBy(event) === attempt.software) return true
  return alsoCalled(product ?? attempt.software).includes(software)
}

/** Whether a request without ids may belong to an attempt. */
export const mayBelong = (attempt: Attempt, event: HandshakeEvent): boolean =>
  attempt.sources.has(sourceOf(event)) && mayBeProgram(attempt, event)

/** Whether the client of an attempt runs in its maker's cloud. */
export const isInCloud = ({ software }: Attempt): boolean => cloudOf(software) !== null

/** Whether an attempt consists of knocks only. */
export const isOnlyKnocks = ({ events }: Attempt): boolean =>
  events.every((event) => isUnauthenticatedMcp(event) || event.name === 'path.missed')

/**
 * Whether a request comes from where an attempt does: from one of its machines, or from its browser's. Only
 * this ties a request to an attempt whose ids anyone may know.
 */
export function comesFrom(attempt: Attempt, event: HandshakeEvent): boolean {
  const source = sourceOf(event)
  if (attempt.sources.has(source)) return true
  return attempt.browser !== null && placeOf(attempt.browser.address) === source
}

/** Whether the cloud that an attempt claims is proven by its network, or its browser is next to it. */
export const isProvenCloud = (attempt: Attempt, event: HandshakeEvent): boolean =>
  isInCloud(attempt) &&
  (attempt.sources.has(anthropicNetwork) || attempt.sources.has(placeOf(event.address)))
