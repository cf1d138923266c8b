import type { Answer } from '../oauth/oauth'

/** A JSON-RPC response. */
export type RpcAnswer = {
  readonly jsonrpc?: string
  readonly id?: unknown
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

/** A response of the MCP endpoint: HTTP and JSON-RPC. */
export type McpAnswer = Answer & { readonly rpc: RpcAnswer }

const bothTypes = 'application/json, text/event-stream'

/** The messages of a response, from JSON or an event stream. */
function messagesOf(contentType: string, text: string): unknown[] {
  if (contentType.startsWith('text/event-stream')) {
    return [...text.matchAll(/^data: ?(\S.*)$/gm)].map(([, data]) => JSON.parse(data ?? 'null'))
  }
  return contentType.startsWith('application/json') && text ? [JSON.parse(text)].flat() : []
}

/** Reads a response of the MCP endpoint; `rpc` is its last message. */
export async function readMcp(response: Response): Promise<McpAnswer> {
  const text = await response.text()
  const messages = messagesOf(response.headers.get('content-type') ?? '', text)
  const last = (messages.at(-1) ?? {}) as RpcAnswer
  const body = last as Answer['body']
  return { status: response.status, headers: response.headers, text, body, rpc: last }
}

/** Request headers of ordinary MCP with `changes`; `null` removes one. */
export function mcpHeaders(
  token: string | null,
  changes: Readonly<Record<string, string | null>> = {},
): Headers {
  const headers = new Headers({ 'content-type': 'application/json', accept: bothTypes })
  if (token !== null) headers.set('authorization', `Bearer ${token}`)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name)
    else headers.set(name, value)
  }
  return headers
}

/** Posts one message, or any other body, to the MCP endpoint. */
export async function postMcp(
  url: string,
  token: string | null,
  message: unknown,
  headers: Readonly<Record<string, string | null>> = {},
): Promise<McpAnswer> {
  const body = typeof message === 'string' ? message : JSON.stringify(message)
  const init = { method: 'POST', headers: mcpHeaders(token, headers), body }
  return readMcp(await fetch(url, { ...init, redirect: 'manual' }))
}

/** A JSON-RPC request. */
export const rpc = (method: string, params: object = {}, id: number | string = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
})

/** A tool call, without arguments by default. */
export const toolCall = (name: string, args: object = {}) =>
  rpc('tools/call', { name, arguments: args }, 7)

/** `initialize` of the revisions with a handshake. */
export const initialize = (protocolVersion: string, name = 'test') =>
  rpc('initialize', { protocolVersion, capabilities: {}, clientInfo: { name, version: '1.0.0' } })

const prefix = 'io.modelcontextprotocol'

/**
 * A request of 2026-07-28, which repeats in each message what `initialize` said before.
 *
 * @param capabilities of the client
 */
export const statelessRpc = (
  method: string,
  params: object = {},
  revision = '2026-07-28',
  capabilities: object = {},
) =>
  rpc(method, {
    ...params,
    _meta: {
      [`${prefix}/protocolVersion`]: revision,
      [`${prefix}/clientCapabilities`]: capabilities,
      [`${prefix}/clientInfo`]: { name: 'test', version: '1.0.0' },
    },
  })

/** The additional headers of a 2026-07-28 request. */
export const statelessHeaders = (method: string, name?: string): Record<string, string> => ({
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': method,
  ...(name ? { 'mcp-name': name } : {}),
})
