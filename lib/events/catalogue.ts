import { z } from 'zod'
import { isReason, type Reason } from '@/lib/reasons'

/**
 * Every event Portico records, with the section that defines the step and the schema of what its
 * detail may hold. The schema is an allow-list: what is not named here is dropped before it is
 * written. No schema has a place for a token, code, verifier, secret, password or cookie.
 */

const text = z.string().max(500)
export const reasonSchema = z.custom<Reason>(isReason)
const list = z.array(z.string().max(200)).max(50)

const refusal = { error: text, description: text.optional(), reason: reasonSchema.optional() }
const document = { document: text.optional(), canonical: z.boolean().optional() }
const issued = {
  scope: text,
  tokenId: text,
  expiresIn: z.number().int(),
  refreshTokenId: text.optional(),
}
const alert = {
  channel: text.optional(),
  type: text,
  handshake: text.optional(),
  attempt: z.number().int().optional(),
}
/** keyed fingerprints that tell one request for authorization, and one browser, from another */
const marks = { run: text.optional(), browser: text.optional() }
/** `reason` where it is not their age */
const pruned = { count: z.number().int(), reason: reasonSchema.optional() }
/** `answer`: that of a POST, which the client came back for */
const streamKind = z.enum(['standalone', 'listen', 'answer'])
const mcp = {
  method: text.optional(),
  protocolVersion: text.optional(),
  era: z.enum(['stateless', 'session']).optional(),
  bytes: z.number().int().optional(),
  tokenId: text.optional(),
  firstUse: z.boolean().optional(),
}

export const catalogue = {
  'server.started': { section: 'Portico', detail: z.object({ version: text, database: text }) },
  'server.stopped': { section: 'Portico', detail: z.object({ dropped: z.number().int() }) },
  'settings.changed': { section: 'Portico', detail: z.object({ settings: list }) },
  'events.pruned': {
    section: 'Portico',
    detail: z.object({
      count: z.number().int(),
      days: z.number().int().optional(),
      megabytes: z.number().int().optional(),
    }),
  },
  'server.checked': {
    section: 'Portico',
    detail: z.object({ asked: z.number().int(), answered: z.number().int(), findings: list }),
  },
  'alert.sent': { section: 'Portico', detail: z.object(alert) },
  'alert.failed': {
    section: 'Portico',
    detail: z.object({ ...alert, reason: reasonSchema, retryIn: z.number().int().optional() }),
  },
  'exchange.answered': { section: 'RFC 9110 §15', detail: z.object({ endpoint: text }) },
  'exchange.failed': {
    section: 'RFC 9110 §15.6.1',
    detail: z.object({ message: text, database: z.boolean().optional() }),
  },
  'path.missed': { section: 'RFC 9110 §15.5.5', detail: z.object({ hint: text.optional() }) },
  'method.refused': { section: 'RFC 9110 §15.5.6', detail: z.object({ allow: text }) },
  'request.refused': {
    section: 'RFC 9110 §15.5',
    detail: z.object({ reason: reasonSchema, limit: z.number().int().optional() }),
  },
  'form.refused': {
    section: 'RFC 9700 §4.7',
    detail: z.object({ reason: reasonSchema, origin: text.optional() }),
  },
  'preflight.answered': {
    section: 'Fetch §3.2.2',
    detail: z.object({ origin: text.optional(), requested: text.optional() }),
  },
  'root.visited': { section: 'Portico', detail: z.object({}) },

  'resource-metadata.served': {
    section: 'RFC 9728 §3.2',
    detail: z.object({ ...document, askedAt: text.optional() }),
  },
  'server-metadata.served': { section: 'RFC 8414 §3.2', detail: z.object(document) },
  'key-set.served': { section: 'RFC 7517 §5', detail: z.object({ keys: z.number().int() }) },
  'well-known.missed': { section: 'RFC 8615 §3', detail: z.object({ hint: text.optional() }) },

  'client.registered': {
    section: 'RFC 7591 §3.2.1',
    detail: z.object({
      clientName: text,
      authMethod: text,
      redirectUris: list,
      softwareId: text.optional(),
      ignored: list.optional(),
      repeated: z.boolean().optional(),
    }),
  },
  'client.refused': { section: 'RFC 7591 §3.2.2', detail: z.object(refusal) },

  'document.fetched': {
    section: 'CIMD §4',
    detail: z.object({
      clientName: text,
      freshFor: z.number().int(),
      pinned: z.boolean().optional(),
    }),
  },
  'document.changed': {
    section: 'CIMD §5.2',
    detail: z.object({ clientName: text, redirectUris: list, authMethod: text }),
  },
  'document.refused': {
    section: 'CIMD §4',
    detail: z.object({
      reason: reasonSchema,
      served: z.enum(['last good copy', 'pinned copy', 'nothing']),
    }),
  },
  'client.created': {
    section: 'RFC 6749 §2',
    detail: z.object({ clientName: text, authMethod: text }),
  },
  'client.disabled': { section: 'RFC 6749 §2', detail: z.object({ clientName: text }) },
  'client.enabled': { section: 'RFC 6749 §2', detail: z.object({ clientName: text }) },
  'client.secret-rotated': { section: 'RFC 6749 §2.3.1', detail: z.object({ clientName: text }) },
  'client.deleted': { section: 'RFC 6749 §2', detail: z.object({ clientName: text }) },
  'clients.pruned': { section: 'RFC 7591 §5', detail: z.object(pruned) },
  'interactions.pruned': { section: 'RFC 6749 §4.1.1', detail: z.object(pruned) },

  'request.unavailable': {
    section: 'RFC 9110 §15.6.4',
    detail: z.object({ reason: reasonSchema }),
  },
  'request.throttled': {
    section: 'RFC 6585 §4',
    detail: z.object({ reason: reasonSchema, retryAfter: z.number().int() }),
  },

  'authorization.requested': {
    section: 'RFC 6749 §4.1.1',
    detail: z.object({
      clientName: text,
      requestedScope: text.optional(),
      scope: text,
      resource: text,
      redirectHost: text,
      quirks: list.optional(),
      ...marks,
    }),
  },
  'authorization.refused': {
    section: 'RFC 6749 §4.1.2.1',
    detail: z.object({
      ...refusal,
      channel: z.enum(['page', 'redirect']),
      wanted: text.optional(),
    }),
  },
  'authorization.checked': {
    section: 'RFC 6749 §4.1.1',
    detail: z.object({
      clientName: text.optional(),
      redirectHost: text.optional(),
      run: marks.run,
      error: text.optional(),
      description: text.optional(),
      reason: reasonSchema.optional(),
      wanted: text.optional(),
    }),
  },

  'operator.created': { section: 'Portico', detail: z.object({ email: text, role: text }) },
  'operator.signed-in': {
    section: 'Portico',
    detail: z.object({ email: text, provider: text }),
  },
  'operator.refused': {
    section: 'Portico',
    detail: z.object({ email: text.optional(), reason: reasonSchema }),
  },
  'cookie.lost': {
    section: 'RFC 6265 §5.4',
    detail: z.object({
      what: text,
      reason: reasonSchema,
      origin: text.optional(),
    }),
  },
  'session.forgotten': { section: 'Portico', detail: z.object({ reason: reasonSchema }) },
  'operator.challenged': { section: 'RFC 6238 §5', detail: z.object({ email: text }) },
  'operator.signed-out': { section: 'Portico', detail: z.object({}) },
  'operator.invited': { section: 'Portico', detail: z.object({ email: text, role: text }) },
  'operator.joined': { section: 'Portico', detail: z.object({ email: text, role: text }) },
  'operator.role-changed': {
    section: 'Portico',
    detail: z.object({ email: text, from: text, to: text }),
  },
  'operator.password-changed': { section: 'Portico', detail: z.object({ email: text }) },
  'password-link.created': { section: 'Portico', detail: z.object({ email: text }) },
  'invite.withdrawn': { section: 'Portico', detail: z.object({ email: text }) },
  'invite.refused': { section: 'Portico', detail: z.object({ reason: reasonSchema }) },
  'setup.refused': { section: 'Portico', detail: z.object({ reason: reasonSchema }) },

  'account.renamed': { section: 'Portico', detail: z.object({ email: text }) },
  'account.password-changed': {
    section: 'Portico',
    detail: z.object({ email: text, sessions: z.number().int() }),
  },
  'account.sessions-ended': {
    section: 'Portico',
    detail: z.object({ email: text, sessions: z.number().int() }),
  },
  'totp.enabled': { section: 'RFC 6238 §5', detail: z.object({ email: text }) },
  'totp.disabled': { section: 'RFC 6238 §5', detail: z.object({ email: text }) },
  'recovery-codes.replaced': { section: 'Portico', detail: z.object({ email: text }) },
  'passkey.added': { section: 'WebAuthn §7.1', detail: z.object({ email: text, passkey: text }) },
  'passkey.renamed': { section: 'WebAuthn §7.1', detail: z.object({ email: text, passkey: text }) },
  'passkey.removed': { section: 'WebAuthn §7.1', detail: z.object({ email: text, passkey: text }) },
  'identity.linked': {
    section: 'OIDC §5.7',
    detail: z.object({ email: text, provider: text }),
  },

  'consent.shown': {
    section: 'RFC 6749 §4.1.1',
    detail: z.object({ clientName: text, scope: text, browser: marks.browser }),
  },
  'consent.granted': {
    section: 'RFC 6749 §4.1.2',
    detail: z.object({ clientName: text, scope: text, remembered: z.boolean().optional() }),
  },
  'consent.held': {
    section: 'Portico',
    detail: z.object({ clientName: text, scope: text, redirectHost: text }),
  },
  'consent.approved': {
    section: 'Portico',
    detail: z.object({ clientName: text, scope: text, redirectHost: text }),
  },
  'consent.denied': {
    section: 'RFC 6749 §4.1.2.1',
    detail: z.object({ clientName: text, byOperator: z.boolean().optional() }),
  },
  'consent.repeated': {
    section: 'RFC 6749 §4.1.2',
    detail: z.object({
      clientName: text,
      decision: text,
      /** `allowed`, `denied`: led on again; `connected`, `lapsed`, `ended`: of no use any more */
      became: text,
      redirectHost: text,
    }),
  },
  'consent.forgotten': {
    section: 'OAuth 2.1 §4.1.1',
    detail: z.object({
      clientName: text.optional(),
      email: text.optional(),
      count: z.number().int(),
      because: text,
    }),
  },
  'consent.refused': { section: 'RFC 9700 §4.7', detail: z.object({ reason: reasonSchema }) },

  'code.issued': {
    section: 'RFC 6749 §4.1.2',
    detail: z.object({ expiresIn: z.number().int(), redirectHost: text }),
  },
  'code.replayed': { section: 'RFC 9700 §4.5', detail: z.object({ revoked: z.boolean() }) },

  'token.issued': { section: 'RFC 6749 §5.1', detail: z.object(issued) },
  'token.refreshed': {
    section: 'RFC 6749 §6',
    detail: z.object({
      ...issued,
      grace: z.boolean().optional(),
      movedFrom: text.optional(),
    }),
  },
  'token.reused': { section: 'OAuth 2.1 §4.3.1', detail: z.object({ refreshTokenId: text }) },
  'token.refused': {
    section: 'RFC 6749 §5.2',
    detail: z.object({
      ...refusal,
      grantType: text.optional(),
      madeFor: text.optional(),
      wanted: text.optional(),
    }),
  },
  'token.revoked': {
    section: 'RFC 7009 §2.1',
    detail: z.object({
      kind: text,
      tokenId: text.optional(),
      by: z.enum(['client', 'person']).optional(),
    }),
  },
  'revocation.refused': { section: 'RFC 7009 §2.2.1', detail: z.object(refusal) },
  'token.introspected': { section: 'RFC 7662 §2.2', detail: z.object({ active: z.boolean() }) },
  'introspection.refused': { section: 'RFC 7662 §2.3', detail: z.object(refusal) },
  'revocation.ignored': { section: 'RFC 7009 §2.2', detail: z.object({ reason: reasonSchema }) },

  'key.rotated': { section: 'RFC 7517 §5', detail: z.object({ keyId: text }) },

  'share.created': {
    section: 'Portico',
    detail: z.object({ handshakeId: text, days: z.number().int() }),
  },
  'share.withdrawn': { section: 'Portico', detail: z.object({ handshakeId: text }) },
  'share.refused': { section: 'Portico', detail: z.object({ reason: reasonSchema }) },

  'grant.paused': { section: 'Portico', detail: z.object({ clientName: text }) },
  'grant.resumed': { section: 'Portico', detail: z.object({ clientName: text }) },
  'grant.renamed': {
    section: 'Portico',
    detail: z.object({ clientName: text, label: text.optional() }),
  },
  'user.disabled': { section: 'Portico', detail: z.object({ email: text }) },
  'user.enabled': { section: 'Portico', detail: z.object({ email: text }) },
  'grant.revoked': { section: 'OAuth 2.1 §7.4', detail: z.object({ reason: reasonSchema }) },
  'grants.revoked': {
    section: 'OAuth 2.1 §7.4',
    detail: z.object({
      connections: z.number().int(),
      people: z.number().int(),
      clients: z.number().int(),
      consents: z.number().int().optional(),
    }),
  },

  'mcp.challenged': {
    section: 'RFC 9728 §5.1',
    detail: z.object({
      error: text.optional(),
      reason: reasonSchema,
      scope: text.optional(),
      madeFor: text.optional(),
      askedAt: text.optional(),
    }),
  },
  'mcp.refused': {
    section: 'MCP Streamable HTTP',
    detail: z.object({
      ...mcp,
      reason: reasonSchema,
      code: z.number().int().optional(),
      times: z.number().int().optional(),
    }),
  },
  'mcp.discovered': {
    section: 'MCP 2026-07-28 server/discover',
    detail: z.object({ ...mcp, clientInfo: text.optional() }),
  },
  'mcp.initialized': {
    section: 'MCP lifecycle initialize',
    detail: z.object({ ...mcp, clientInfo: text.optional() }),
  },
  'mcp.notified': { section: 'MCP notifications', detail: z.object(mcp) },
  'mcp.listed': { section: 'MCP tools/list', detail: z.object(mcp) },
  'mcp.called': {
    section: 'MCP tools/call',
    detail: z.object({ ...mcp, tool: text, isError: z.boolean() }),
  },
  'mcp.requested': { section: 'MCP', detail: z.object(mcp) },
  'mcp.quirk_absorbed': {
    section: 'MCP Streamable HTTP',
    detail: z.object({ quirks: list, method: text.optional() }),
  },
  'mcp.stream_opened': {
    section: 'MCP Streamable HTTP GET',
    detail: z.object({ kind: streamKind, resumed: z.boolean().optional() }),
  },
  'mcp.stream_closed': {
    section: 'MCP Streamable HTTP GET',
    detail: z.object({ kind: streamKind, bytes: z.number().int() }),
  },
  'mcp.session_ended': {
    section: 'MCP Streamable HTTP DELETE',
    detail: z.object({ endedBy: z.enum(['client', 'operator']) }),
  },
} as const satisfies Record<string, { section: string; detail: z.ZodObject }>

/** The name of an event, `noun.past-participle`. */
export type EventName = keyof typeof catalogue

/** What the detail of an event may hold. */
export type EventDetail<N extends EventName> = z.input<(typeof catalogue)[N]['detail']>

/** All names in catalogue order. */
export const eventNames = Object.keys(catalogue) as EventName[]

/** Whether a string is the name of an event. */
export const isEventName = (name: string): name is EventName => Object.hasOwn(catalogue, name)
