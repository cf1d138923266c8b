import { clientInfoKey, revisionKey } from './revisions'

/** What the body of an MCP request says about it, for the log and for quirks; never trusted. */
export type MessageFacts = {
  readonly method: string | null
  /** `params.name` of tools/call and prompts/get, `params.uri` of resources/read */
  readonly name: string | null
  /** the revision the body claims, in `_meta` or in `initialize` */
  readonly claimedRevision: string | null
  readonly claimsModern: boolean
  readonly clientName: string | null
  readonly clientVersion: string | null
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

// these values are stored: PostgreSQL accepts neither NUL nor half a surrogate pair
const asText = (value: unknown): string | null =>
  typeof value === 'string'
    ? value
        .slice(0, 200)
        .replace(/\p{Cc}/gu, '')
        .toWellFormed()
    : null

/** Where an MCP message belongs: its id, and the W3C Trace Context of its sender (SEP-414). */
export type MessageTrace = {
  readonly rpcId: string | null
  readonly traceparent: string | null
  readonly tracestate: string | null
}

/** Reads the trace of a message; of a batch, that of its first message. */
export function messageTrace(body: unknown): MessageTrace {
  const message = asRecord(Array.isArray(body) ? body[0] : body)
  const meta = asRecord(asRecord(message.params)._meta)
  const { id } = message
  return {
    rpcId: typeof id === 'number' ? String(id) : asText(id),
    traceparent: asText(meta.traceparent),
    tracestate: asText(meta.tracestate),
  }
}

/** Reads the facts of a JSON-RPC message; of a batch, those of its first message. */
export function messageFacts(body: unknown): MessageFacts {
  const message = asRecord(Array.isArray(body) ? body[0] : body)
  const method = asText(message.method)
  // what has no method says nothing about itself
  const params = method === null ? {} : asRecord(message.params)
  const meta = asRecord(params._meta)
  const metaRevision = asText(meta[revisionKey])
  const clientInfo = asRecord(params.clientInfo ?? meta[clientInfoKey])
  return {
    method,
    name: asText(params.name) ?? asText(params.uri),
    claimedRevision: metaRevision ?? asText(params.protocolVersion),
    claimsModern: metaRevision !== null,
    clientName: asText(clientInfo.name),
    clientVersion: asText(clientInfo.version),
  }
}
