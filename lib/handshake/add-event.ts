import { isRuntimeLabel } from '@/lib/products/runtimes'
import { type Attempt, mayStopAtToken } from './attempt'
import { isAnsweredMcp, isAuthenticatedMcp, isCheck, isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import { laneWith } from './lane'
import {
  anthropicNetwork,
  hostedClaude,
  isHostedData,
  originOf,
  productNamedBy,
  softwareOf,
  sourceOf,
} from './software'
import { surfaceOf } from './surface'
import { isNotable, isRecovery } from './trouble'

/** Events of a person's browser. */
const isPersons = (event: HandshakeEvent): boolean =>
  !isCheck(event) &&
  (/^(authorization|consent|operator)\./.test(event.name) ||
    event.name === 'code.issued' ||
    /^\/(authorize|consent)\b/.test(event.path ?? ''))

/** The metadata document is fetched for the browser, and its event has the browser's request. */
const isFetched = ({ name }: HandshakeEvent): boolean => name.startsWith('document.')

function noteSender(attempt: Attempt, event: HandshakeEvent): void {
  const isBrowser = isPersons(event)
  if (!isBrowser || attempt.sources.size === 0) attempt.sources.add(sourceOf(event))
  if (!isBrowser && !isFetched(event)) {
    attempt.software ??= softwareOf(event)
    attempt.programs.add(softwareOf(event) ?? '')
  }
  attempt.product ??= productNamedBy(event)
  // a hosted client is identified before its servers send a request, once it is admitted
  const isLetIn = event.name !== 'authorization.refused' && event.name !== 'token.refused'
  if (attempt.software === null && isLetIn && surfaceOf([event]) === 'claude-hosted') {
    attempt.software = hostedClaude
    attempt.sources.add(anthropicNetwork)
  }
}

/** The member that records the time of the first event of a name. */
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
  // an unknown client does not identify the attempt
  if (!isCheck(event) || event.outcome === 'ok')
    attempt.clientId = event.clientId ?? attempt.clientId
  if (typeof event.detail.run === 'string') attempt.runs.add(event.detail.run)
  if (isCheck(event)) return
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
    if (attempt.challengeAt === null) attempt.challengeAgent = event.userAgent
    attempt.challengeAt ??= event.at
    if (event.detail.error !== undefined) attempt.hasDeadToken = true
  }
  if (isAuthenticatedMcp(event)) attempt.mcpAt ??= event.at
  if (isAnsweredMcp(event)) {
    attempt.connectedAt ??= event.at
    attempt.origin ??= originOf(event)
  }
}

/** Whether a program has signed in and stopped, and names itself, so that its later looks are no attempts. */
function isAtHomeFromNow(attempt: Attempt, event: HandshakeEvent): boolean {
  const software = softwareOf(event)
  return mayStopAtToken(attempt) && software !== null && !isRuntimeLabel(software)
}

/** Requests of one burst follow each other within this time. */
const pauseMs = 500

/** Adds an event to its attempt. Events are added in time order. */
export function addEvent(attempt: Attempt, event: HandshakeEvent): void {
  const { name, at } = event
  if (isUnauthenticatedMcp(event) && at - attempt.lastAt > pauseMs) attempt.rounds += 1
  attempt.events.push(event)
  attempt.startedAt = Math.min(attempt.startedAt, at)
  attempt.lastAt = Math.max(attempt.lastAt, at)
  attempt.lane = laneWith(attempt.lane, event)
  noteSender(attempt, event)
  noteClient(attempt, event)
  noteMcp(attempt, event)
  if (isFirst(name)) attempt[firsts[name]] ??= at
  if (name === 'consent.denied') attempt.deniedAt = at
  if (name === 'token.issued' && isAtHomeFromNow(attempt, event)) attempt.origin ??= originOf(event)
  // a program without its grant is no longer at home
  if (name === 'grant.revoked') attempt.origin = null
  if (name === 'server-metadata.served') {
    if (attempt.serverAt === null && attempt.codeAt === null) attempt.serverAt = at
    else if (attempt.codeAt !== null) attempt.serverAgainAt ??= at
  }
  if (isNotable(event)) attempt.notableAt = at
  if (isRecovery(event)) attempt.recoveredAt = at
}
