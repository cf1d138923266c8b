import { isIPv6 } from 'node:net'
import { prefixOf } from '@/lib/ipv6'
import type { EventName } from './catalogue'
import type { NewEvent } from './fields'

/** Which events of strangers count as the same. */

/**
 * Whether no person is proven to be behind an event: it came over the network, from whatever address it
 * claimed, and names no connection, session or person. A refused token proves nothing; a client id and an
 * interaction can be sent by anyone.
 */
export const isAnonymous = ({ name, network, grantId, sessionId, userId }: NewEvent): boolean =>
  network !== undefined && (name === 'mcp.challenged' || (!grantId && !sessionId && !userId))

/** Events that are steps of a handshake, at any path. */
const steps = new Set<string>([
  'mcp.challenged',
  'mcp.refused',
  'mcp.quirk_absorbed',
  'resource-metadata.served',
  'server-metadata.served',
  'well-known.missed',
  'client.registered',
  'client.refused',
  'document.fetched',
  'document.changed',
  'document.refused',
  'authorization.requested',
  'authorization.refused',
  'token.refused',
  'operator.refused',
  'cookie.lost',
] satisfies EventName[])

/** Events that are steps only at the protocol's paths. */
const stepsByPath = new Set<string>([
  'exchange.answered',
  'exchange.failed',
  'method.refused',
  'preflight.answered',
  'request.throttled',
  'request.unavailable',
  'form.refused',
  'consent.refused',
] satisfies EventName[])

const pathOfStep =
  /^\/(mcp|register|authorize|token|consent|sign-in|\.well-known|api\/auth)(?![\w-])/

/** Names that many programs share, and that scanners use. */
const genericAgents = new Set(['Browser', 'Node.js', 'Python (httpx)', 'curl'])

/** Whether an event can be a step of a handshake. */
export function isStep({ name, path, agent }: NewEvent): boolean {
  if (steps.has(name)) return true
  // a known product that requests a missing path has a wrong address of the server
  if (name === 'path.missed') return agent !== undefined && !genericAgents.has(agent)
  return stepsByPath.has(name) && pathOfStep.test(path ?? '')
}

/** An address as one stranger may vary it: the owner of an IPv6 address has all of its /64. */
export const networkKey = (address: string): string =>
  isIPv6(address) ? prefixOf(address, 64) : address

/** A path without the parts that scanners vary: numbers and long random parts become one. */
export const plainPath = (path: string): string =>
  path
    .toLowerCase()
    .replace(/\/{2,}/g, '/')
    .replace(/\d+/g, '0')
    .replace(/[\w-]+/g, (word) => (word.length > 32 ? '*' : word))
    .replace(/(?<=.)\/$/, '')

/** The program without its version. */
const program = ({ agent, userAgent }: NewEvent): string =>
  agent ??
  (userAgent ?? '')
    .toLowerCase()
    .split(/[/\s(]/, 1)[0]
    ?.slice(0, 60) ??
  ''

/** Its kind comes first, so that truncation only affects a long payload. */
const reason = ({ detail }: NewEvent): string =>
  JSON.stringify(detail.reason ?? detail.error ?? null).slice(0, 200)

/**
 * What events counted in one have in common: name, path, answer, reason, address, program, and what the
 * request named.
 *
 * @param isOfHandshake whether it can be a step of a handshake, whose paths and programs must be told apart
 */
export const foldKey = (event: NewEvent, isOfHandshake: boolean): string =>
  JSON.stringify([
    event.name,
    event.outcome,
    event.method,
    isOfHandshake ? event.path : plainPath(event.path ?? ''),
    event.status,
    reason(event),
    networkKey(event.address ?? ''),
    isOfHandshake ? event.userAgent : program(event),
    event.clientId,
    event.grantId,
    event.interactionId,
  ])
