import type { EventRow } from '@/lib/admin/views'

/** A word of a shell command as it is; nothing in it is run. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The shell fills these in from its environment: no secret is known here. */
const bearer = `-H "Authorization: Bearer $TOKEN"`
const data = (name: string, value: string) => `--data-urlencode "${name}=${value}"`

const mcpBody = (method: string): string =>
  quoted(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: {} }))

/** The text of a detail, when it is one. */
const textOf = (row: EventRow, name: string): string | null => {
  const value = row.detail[name]
  return typeof value === 'string' ? value : null
}

function tokenRequest(row: EventRow): string[] {
  const client = data('client_id', '$CLIENT_ID')
  const isRefresh = row.name === 'token.refreshed' || textOf(row, 'grantType') === 'refresh_token'
  if (isRefresh) {
    return [data('grant_type', 'refresh_token'), data('refresh_token', '$REFRESH_TOKEN'), client]
  }
  return [
    data('grant_type', 'authorization_code'),
    data('code', '$CODE'),
    data('code_verifier', '$CODE_VERIFIER'),
    data('redirect_uri', '$REDIRECT_URI'),
    client,
  ]
}

const clientRequest = [data('token', '$TOKEN'), data('client_id', '$CLIENT_ID')]

function mcpRequest(row: EventRow): string[] {
  const version = textOf(row, 'protocolVersion')
  const method = textOf(row, 'method')
  return [
    `-H 'Accept: application/json, text/event-stream'`,
    ...(version ? [`-H ${quoted(`MCP-Protocol-Version: ${version}`)}`] : []),
    ...(row.sessionId ? [`-H "Mcp-Session-Id: $SESSION_ID"`] : []),
    ...(row.grantId || textOf(row, 'tokenId') ? [bearer] : []),
    ...(row.method === 'POST'
      ? [`-H 'Content-Type: application/json'`, `--data ${mcpBody(method ?? 'ping')}`]
      : []),
  ]
}

const registration = [
  `-H 'Content-Type: application/json'`,
  `--data ${quoted(JSON.stringify({ client_name: 'curl', redirect_uris: ['http://127.0.0.1/callback'] }))}`,
]

/** What belongs to a request besides its address, by endpoint. */
function partsOf(row: EventRow): string[] {
  const [, first = ''] = (row.path ?? '').split('/')
  if (first === 'mcp' || row.name.startsWith('mcp.')) return mcpRequest(row)
  if (row.method !== 'POST') return []
  if (first === 'token') return tokenRequest(row)
  if (first === 'register') return registration
  return first === 'revoke' || first === 'introspect' ? clientRequest : []
}

/**
 * The request of an event as a command for a shell, with a variable in the place of every secret;
 * `null` for what was no request.
 *
 * @param origin of this server
 */
export function curlOf(row: EventRow, origin: string): string | null {
  if (!row.method || !row.path || !/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(row.method)) {
    return null
  }
  const words = [
    `curl -i -X ${row.method} ${quoted(`${origin}${row.path}`)}`,
    ...(row.userAgent ? [`-H ${quoted(`User-Agent: ${row.userAgent}`)}`] : []),
    ...partsOf(row),
  ]
  return words.join(' \\\n  ')
}
