import { reasonOfEvent } from '@/lib/stored-reasons'
import type { HandshakeEvent, StageId } from './handshake'

/** What an event shows of a step: that it was reached, or that it was tried and refused. */
type Evidence = { readonly stage: StageId; readonly done: boolean }

const done = (stage: StageId): Evidence => ({ stage, done: true })
const refused = (stage: StageId): Evidence => ({ stage, done: false })

/** The step that a path serves, for refusals that happen before an endpoint knows more. */
const stagesOfPaths: readonly (readonly [RegExp, StageId])[] = [
  [/^\/\.well-known\/oauth-protected-resource/, 'resource-metadata'],
  [/^\/\.well-known\/oauth-authorization-server/, 'server-metadata'],
  [/^\/register\b/, 'client-identified'],
  [/^\/authorize\b/, 'authorization-requested'],
  [/^\/consent\b/, 'decided'],
  [/^\/token\b/, 'token-issued'],
]

function byPath({ path }: HandshakeEvent, hasToken: boolean): StageId {
  const found = stagesOfPaths.find(([pattern]) => pattern.test(path ?? ''))
  if (found) return found[1]
  return hasToken ? 'first-mcp-request' : 'challenge'
}

/** A refusal that the protocol expects and that does no harm. */
export function isBenignRefusal(event: HandshakeEvent): boolean {
  // GET and DELETE are optional (MCP Streamable HTTP); an unknown method is answered (JSON-RPC 2.0 §5.1)
  return (
    event.status === 405 ||
    event.detail.code === -32_601 ||
    reasonOfEvent(event)?.kind === 'scope-insufficient'
  )
}

/** Events recorded in addition to an answer, whatever it was. */
const besidesAnswer = new Set(['mcp.challenged', 'mcp.refused', 'mcp.quirk_absorbed'])

const isMcpName = (name: string): boolean => name.startsWith('mcp.') && !besidesAnswer.has(name)

/** Whether it is an authenticated and answered request to the MCP endpoint. */
export const isAnsweredMcp = ({ name, outcome, grantId, status }: HandshakeEvent): boolean =>
  isMcpName(name) && grantId !== null && outcome === 'ok' && (status ?? 200) < 400

/** Whether it is a request to the MCP endpoint with a token of this server. */
export const isAuthenticatedMcp = ({ name, grantId }: HandshakeEvent): boolean =>
  name.startsWith('mcp.') && grantId !== null

/** Whether it is a request to the MCP endpoint without a recognised token. */
export const isUnauthenticatedMcp = ({ name, grantId }: HandshakeEvent): boolean =>
  name === 'mcp.challenged' && grantId === null

/** Whether it is a request to the MCP endpoint with an expired token. */
export const isExpiredUse = (event: HandshakeEvent): boolean =>
  event.name === 'mcp.challenged' && reasonOfEvent(event)?.kind === 'token-expired'

/**
 * Whether a program checked at the authorization endpoint that its client is known, before it opens a
 * browser: no person is asked yet.
 */
export const isCheck = ({ name }: HandshakeEvent): boolean => name === 'authorization.checked'

const isToolList = ({ name, detail }: HandshakeEvent): boolean =>
  name === 'mcp.listed' && detail.method === 'tools/list'

function ofMcp(event: HandshakeEvent, hasToken: boolean): Evidence[] {
  if (event.name === 'mcp.challenged') {
    if (event.grantId !== null) return [refused('first-mcp-request')]
    if (!hasToken) return [done('challenge')]
    // after the token, a request without one is evidence, and one with a foreign token is a refusal
    return event.detail.error === undefined ? [] : [refused('first-mcp-request')]
  }
  if (event.name === 'mcp.refused') {
    if (isBenignRefusal(event)) return []
    return [refused(hasToken || event.grantId !== null ? 'first-mcp-request' : 'challenge')]
  }
  if (event.grantId === null) return []
  const list = isToolList(event)
    ? [{ stage: 'tools-listed', done: event.outcome === 'ok' } as const]
    : []
  return isAnsweredMcp(event) ? [done('first-mcp-request'), ...list] : list
}

function ofMiss({ name, path }: HandshakeEvent): Evidence[] {
  if (name === 'path.missed') return [refused('challenge')]
  if (/oauth-protected-resource/.test(path ?? '')) return [refused('resource-metadata')]
  return /oauth-authorization-server/.test(path ?? '') ? [refused('server-metadata')] : []
}

const plain: Readonly<Partial<Record<HandshakeEvent['name'], Evidence>>> = {
  'resource-metadata.served': done('resource-metadata'),
  'server-metadata.served': done('server-metadata'),
  'client.registered': done('client-identified'),
  'client.refused': refused('client-identified'),
  'document.fetched': done('client-identified'),
  'authorization.requested': done('authorization-requested'),
  'authorization.refused': refused('authorization-requested'),
  'operator.signed-in': done('signed-in'),
  'consent.shown': done('consent-shown'),
  // the page is done; the operator's approval is part of the decision
  'consent.held': done('consent-shown'),
  'consent.approved': done('consent-shown'),
  'consent.granted': done('decided'),
  'consent.denied': refused('decided'),
  'code.issued': done('code-issued'),
  'token.issued': done('token-issued'),
  'token.refused': refused('token-issued'),
  'code.replayed': refused('token-issued'),
}

/** Events that are refusals of their path's step. */
const refusals = new Set([
  'exchange.failed',
  'request.throttled',
  'request.unavailable',
  'request.refused',
  'method.refused',
])

/**
 * What an event shows of the steps of its handshake.
 *
 * @param hasToken whether a token had been issued before it
 */
export function evidenceOf(event: HandshakeEvent, hasToken: boolean): readonly Evidence[] {
  const { name, outcome } = event
  if (name.startsWith('mcp.')) return ofMcp(event, hasToken)
  if (name === 'path.missed' || name === 'well-known.missed') return ofMiss(event)
  if (name === 'document.refused') {
    // a copy may replace a document that cannot be fetched
    return [{ stage: 'client-identified', done: outcome === 'ok' }]
  }
  if (refusals.has(name)) return [refused(byPath(event, hasToken))]
  const evidence = plain[name]
  return evidence ? [evidence] : []
}
