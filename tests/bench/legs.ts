import type { Shot } from './load'

/** What is measured. */
export const legs = [
  'tools/call 2025-11-25',
  'tools/call 2026-07-28',
  'initialize',
  'discovery',
  'refresh',
] as const
export type Leg = (typeof legs)[number]

/** What a contestant of MCP differs in. */
export type McpTarget = { readonly token: string; readonly tool: string; readonly args: object }

const prefix = 'io.modelcontextprotocol'
const meta = {
  [`${prefix}/protocolVersion`]: '2026-07-28',
  [`${prefix}/clientCapabilities`]: {},
  [`${prefix}/clientInfo`]: { name: 'bench', version: '1.0.0' },
}

const post = (
  token: string,
  revision: string,
  method: string,
  params: object,
  headers: Readonly<Record<string, string>> = {},
): Shot => ({
  method: 'POST',
  path: '/mcp',
  headers: {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': revision,
    authorization: `Bearer ${token}`,
    ...headers,
  },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  answers: '"result"',
})

/** The MCP requests; those of the older revisions without a session, as hosted Claude sends them. */
export const mcpShots = ({ token, tool, args }: McpTarget): Partial<Record<Leg, Shot>> => ({
  'tools/call 2025-11-25': post(token, '2025-11-25', 'tools/call', { name: tool, arguments: args }),
  'tools/call 2026-07-28': post(
    token,
    '2026-07-28',
    'tools/call',
    { name: tool, arguments: args, _meta: meta },
    { 'mcp-method': 'tools/call', 'mcp-name': tool },
  ),
  initialize: post(token, '2025-11-25', 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1.0.0' },
  }),
})

/** The authorization server's metadata. */
export const discoveryShot = (path: string): Shot => ({
  method: 'GET',
  path,
  headers: { accept: 'application/json' },
  body: '',
  answers: '"issuer"',
})

/** A refresh; its body comes from a rotation. */
export const refreshShot = (path: string): Shot => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: '',
  answers: '"refresh_token"',
})
