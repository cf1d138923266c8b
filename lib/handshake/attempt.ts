import { isAnsweredMcp, isAuthenticatedMcp, isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import {
  cloudOf,
  hostedClaude,
  isHostedData,
  mayBeSameSoftware,
  originOf,
  softwareOf,
  sourceOf,
} from './software'
import { surfaceOf } from './surface'
import { isNotable, isRecovery } from './trouble'

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

/** Events that a person's browser makes. */
const isPersons = ({ name, path }: HandshakeEvent): boolean =>
  /^(authorization|consent|operator)\./.test(name) ||
  name === 'code.issued' ||
  /^\/(authorize|consent)\b/.test(path ?? '')

function noteSender(attempt: Attempt, event: HandshakeEvent): void {
  const isBrowser = isPersons(event)
  if (!isBrowser || attempt.sources.size === 0) attempt.sources.add(sourceOf(event))
  if (!isBrowser) attempt.software ??= softwareOf(event)
  // a hosted client is known by its identity before its servers say a word
  if (attempt.software === null && surfaceOf([event]) === 'claude-hosted') {
    attempt.software = hostedClaude
    attempt.sources.add(cloudOf(hostedClaude) ?? '')
  }
}

/** Which member notes the time of the first event of a name. */
const firsts = {
  'resource-metadata.served': 'resourceAt',
  'consent.granted': 'decidedAt',
  'consent.denied': 'decidedAt',
  'code.issued': 'codeAt',
  'token.issued': 'tokenAt',
} as const satisfies Partial<Record<HandshakeEvent['name'], keyof Attempt>>

const isFirst = (name: string): name is keyof typeof firsts => Object.hasOwn(firsts, name)

function noteClient(attempt: Attempt, event: HandshakeEvent): void {
  const { name, at, address, userAgent } = event
  attempt.clientId = event.clientId ?? attempt.clientId
  if (name === 'client.registered') {
    attempt.registrations += 1
    attempt.registeredAt = at
  }
  if (name === 'authorization.requested' || name === 'authorization.refused') {
    attempt.browser = { address, userAgent }
  }
  if (name === 'authorization.requested') attempt.authorizedAt = at
}

function noteMcp(attempt: Attempt, event: HandshakeEvent): void {
  if (isUnauthenticatedMcp(event)) {
    if (isHostedData(event)) attempt.dataChallenges += 1
    attempt.challengeAt ??= event.at
  }
  if (isAuthenticatedMcp(event)) attempt.mcpAt ??= event.at
  if (isAnsweredMcp(event)) {
    attempt.connectedAt ??= event.at
    attempt.origin ??= originOf(event)
  }
}

/** Adds an event to its attempt. Events are added in the order of time. */
export function addEvent(attempt: Attempt, event: HandshakeEvent): void {
  const { name, at } = event
  attempt.events.push(event)
  attempt.startedAt = Math.min(attempt.startedAt, at)
  attempt.lastAt = Math.max(attempt.lastAt, at)
  noteSender(attempt, event)
  noteClient(attempt, event)
  noteMcp(attempt, event)
  if (isFirst(name)) attempt[firsts[name]] ??= at
  if (name === 'server-metadata.served') {
    if (attempt.serverAt === null && attempt.codeAt === null) attempt.serverAt = at
    else if (attempt.codeAt !== null) attempt.serverAgainAt ??= at
  }
  if (isNotable(event)) attempt.notableAt = at
  if (isRecovery(event)) attempt.recoveredAt = at
}

/** Whether a request without any id may belong to an attempt. */
export const mayBelong = (attempt: Attempt, event: HandshakeEvent): boolean =>
  attempt.sources.has(sourceOf(event)) && mayBeSameSoftware(attempt.software, softwareOf(event))

/** Whether the client of an attempt runs in its maker's cloud. */
export const isInCloud = ({ software }: Attempt): boolean => cloudOf(software) !== null

/** Whether nothing of an attempt is known but that it knocked. */
export const isBare = ({ events }: Attempt): boolean =>
  events.every((event) => isUnauthenticatedMcp(event) || event.name === 'path.missed')
