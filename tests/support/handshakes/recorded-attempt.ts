import type { EventName } from '@/lib/events/catalogue'
import type { HandshakeEvent, StageId } from '@/lib/handshake/handshake'
import { redirectHost } from '@/lib/oauth/redirect-uri'
import type { ClientScript } from '../clients/claude-script'
import { type Ids, type Recorded, Recorder, type Variation } from './attempt-recorder'

export type { Recorded, Variation } from './attempt-recorder'

/** Metadata documents of clients that publish one. */
const documents: Readonly<Record<string, string>> = {
  'Claude (hosted)': 'https://claude.ai/oauth/mcp-oauth-client-metadata',
  'Claude Code': 'https://claude.ai/oauth/claude-code-client-metadata',
  'VS Code': 'https://vscode.dev/oauth/client-metadata.json',
}

/** The client id of a recorded attempt. */
export function clientIdOf(script: ClientScript, variation: Variation): string {
  const { identification = 'dynamic', clientId, key } = variation
  if (identification === 'metadata-document') {
    return documents[script.name] ?? `https://${key}.example/client.json`
  }
  return clientId ?? `client_${key}`
}

function recordDiscovery(recorder: Recorder, script: ClientScript): void {
  recorder.newRequest()
  recorder.note(
    'control',
    'mcp.challenged',
    [script.opening.method, '/mcp', 401],
    {},
    {
      reason: { kind: 'no-credentials' },
    },
  )
  recorder.pause(200)
  recorder.newRequest()
  const resource = '/.well-known/oauth-protected-resource/mcp'
  recorder.note(
    'control',
    'resource-metadata.served',
    ['GET', resource, 200],
    {},
    { canonical: true },
  )
  recorder.pause(200)
  recorder.newRequest()
  const server = '/.well-known/oauth-authorization-server'
  recorder.note('control', 'server-metadata.served', ['GET', server, 200], {}, { canonical: true })
}

function recordRegistration(recorder: Recorder, script: ClientScript, clientId: string): void {
  const { client_name: clientName, redirect_uris: redirectUris } = script.registration
  const authMethod = script.registration.token_endpoint_auth_method
  for (const repeated of script.registersTwice ? [false, true] : [false]) {
    recorder.pause(repeated ? 1300 : 300)
    recorder.newRequest()
    recorder.note(
      'control',
      'client.registered',
      ['POST', '/register', 201],
      { clientId },
      {
        clientName,
        redirectUris,
        authMethod,
        ...(repeated ? { repeated } : {}),
      },
    )
  }
}

function recordConsent(
  recorder: Recorder,
  script: ClientScript,
  variation: Variation,
  ids: Required<Pick<Ids, 'clientId' | 'interactionId' | 'grantId' | 'userId'>>,
): void {
  const { clientId, interactionId, userId } = ids
  const clientName = script.registration.client_name
  recorder.newRequest()
  if (variation.identification === 'metadata-document') {
    recorder.note(
      'browser',
      'document.fetched',
      ['GET', '/authorize', 303],
      { clientId },
      { clientName },
    )
  }
  recorder.note(
    'browser',
    'authorization.requested',
    ['GET', '/authorize', 303],
    { clientId, interactionId },
    {
      clientName,
      scope: 'mcp',
      redirectHost: redirectHost(script.redirectUri),
    },
  )
  if (!variation.remembered) {
    recorder.personPause()
    recorder.newRequest()
    const signIn = '/api/auth/callback/credentials'
    recorder.note('browser', 'operator.signed-in', ['POST', signIn, 200], { userId })
    recorder.newRequest()
    recorder.pause(50)
    const page = `/consent/${interactionId}`
    recorder.note(
      'browser',
      'consent.shown',
      ['GET', page, 200],
      { clientId, interactionId, userId },
      { clientName },
    )
    recorder.personPause()
    recorder.newRequest()
  }
  const decision = ['POST', `/consent/${interactionId}/decision`, 303] as const
  recorder.note('browser', 'consent.granted', decision, ids, { clientName })
  recorder.note('browser', 'code.issued', decision, ids, {
    redirectHost: redirectHost(script.redirectUri),
  })
}

function recordMcp(recorder: Recorder, script: ClientScript, ids: Ids): void {
  const modern = script.revision === '2026-07-28'
  const post = ['POST', '/mcp', 200] as const
  const say = (name: EventName, method: string, era: 'stateless' | 'session') => {
    recorder.newRequest()
    recorder.pause(100)
    recorder.note('data', name, post, ids, { method, era, protocolVersion: script.revision })
  }
  if (script.discoversServer) say('mcp.discovered', 'server/discover', 'stateless')
  if (!modern) {
    say('mcp.initialized', 'initialize', 'session')
    say('mcp.notified', 'notifications/initialized', 'session')
  }
  say('mcp.listed', 'tools/list', modern ? 'stateless' : 'session')
  say('mcp.called', 'tools/call', modern ? 'stateless' : 'session')
}

/** The steps an attempt has completed if it ends with an event. */
const endsWith: Readonly<Partial<Record<StageId, EventName>>> = {
  challenge: 'mcp.challenged',
  'resource-metadata': 'resource-metadata.served',
  'server-metadata': 'server-metadata.served',
  'client-identified': 'client.registered',
  'authorization-requested': 'authorization.requested',
  'consent-shown': 'consent.shown',
  'code-issued': 'code.issued',
  'token-issued': 'token.issued',
}

function cut(events: readonly Recorded[], until: StageId | undefined): Recorded[] {
  const name = until && endsWith[until]
  const last = name ? events.findLastIndex((event) => event.name === name) : events.length - 1
  return events.slice(0, last + 1)
}

/**
 * What Portico records when a scripted client connects (see claude.ts), without a Portico: the same
 * requests in the same order, with the observed pauses.
 */
export function recordAttempt(script: ClientScript, variation: Variation): Recorded[] {
  const { key, identification = 'dynamic' } = variation
  const recorder = new Recorder(script, variation)
  const clientId = clientIdOf(script, variation)
  const ids = {
    clientId,
    interactionId: `int_${key}`,
    grantId: `grant_${key}`,
    userId: `user_${key}`,
  }
  recordDiscovery(recorder, script)
  if (identification === 'dynamic') recordRegistration(recorder, script, clientId)
  recorder.pause(500)
  recordConsent(recorder, script, variation, ids)
  const { clientId: client, grantId, userId } = ids
  if (script.readsServerMetadataAgain) {
    recorder.pause(200)
    recorder.newRequest()
    const server = '/.well-known/oauth-authorization-server'
    recorder.note(
      'control',
      'server-metadata.served',
      ['GET', server, 200],
      {},
      { canonical: true },
    )
  }
  recorder.pause(500)
  recorder.newRequest()
  const keyed = { clientId: client, grantId, userId }
  recorder.note('control', 'token.issued', ['POST', '/token', 200], keyed, { tokenId: `at_${key}` })
  recorder.pause(450)
  recordMcp(recorder, script, keyed)
  return cut(recorder.events, variation.until)
}

/** Gives events their ids, by time, as the log does. */
export const withIds = (events: readonly Recorded[]): HandshakeEvent[] =>
  events.toSorted((a, b) => a.at - b.at).map((event, at) => ({ ...event, id: String(at + 1) }))
