import { isIPv6 } from 'node:net'
import { prefixOf } from '@/lib/ipv6'
import type { EventName } from './catalogue'
import type { NewEvent } from './fields'

/** By what events of strangers are told to be the same. */

/**
 * Whether nobody is proven to be behind an event: it came over the network, from whatever address it
 * gave, and names no connection, session or person. A token that is refused proves nothing any more; a
 * client id and an interaction are what anybody can send or be given.
 */
export const isAnonymous = ({ name, network, grantId, sessionId, userId }: NewEvent): boolean =>
  network !== undefined && (name === 'mcp.challenged' || (!grantId && !sessionId && !userId))

/** What handshakes are made of, wherever it was asked for. */
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

/** And what they are made of at the addresses of the protocol. */
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

/** Names that many programs share; what scanners call themselves. */
const anybody = new Set(['Browser', 'Node.js', 'Python (httpx)', 'curl'])

/** Whether a handshake can be made of an event. */
export function isStep({ name, path, agent }: NewEvent): boolean {
  if (steps.has(name)) return true
  // a known product that asks for what is not there has a wrong address of the server
  if (name === 'path.missed') return agent !== undefined && !anybody.has(agent)
  return stepsByPath.has(name) && pathOfStep.test(path ?? '')
}

/** An address as far as one stranger has it: whoever has an IPv6 address has all of its /64. */
export const networkKey = (address: string): string =>
  isIPv6(address) ? prefixOf(address, 64) : address

/** A path without what scanners count up: numbers and long random parts are one. */
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

/** Its kind comes first, so that what is cut off is of a long payload. */
const reason = ({ detail }: NewEvent): string =>
  JSON.stringify(detail.reason ?? detail.error ?? null).slice(0, 200)

/**
 * What is the same in events that are counted in one: name, path, answer, reason, address, program,
 * and what the request named.
 *
 * @param isOfHandshake whether a handshake can be made of it, whose paths and programs tell one from
 *   another
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
