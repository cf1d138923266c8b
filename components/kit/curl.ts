import type { EventRow } from '@/lib/admin/views'

/** Quotes a word for the shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Shell variables that stand for secrets, which Portico does not store. */
const bearer = `-H "Authorization: Bearer $TOKEN"`
const data = (name: string, value: string) => `--data-urlencode "${name}=${value}"`

const mcpBody = (method: string): string =>
  quoted(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: {} }))

/** A detail's value if it is text. */
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

/** Headers and body of a request, by endpoint. */
function partsOf(row: EventRow): string[] {
  const [, first = ''] = (row.path ?? '').split('/')
  if (first === 'mcp' || row.name.startsWith('mcp.')) return mcpRequest(row)
  if (row.method !== 'POST') return []
  if (first === 'token') return tokenRequest(row)
  if (first === 'register') return registration
  return first === 'revoke' || first === 'introspect' ? clientRequest : []
}

/**
 * An event's request as a shell command, with variables in place of secrets;
 * `null` if the event is not a request.
 *
 * @param origin this server's
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
