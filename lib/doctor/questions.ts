import type { Question } from './ask'

/** Hosted Claude's two user agents, with a mark for this server to recognise its own probes. */
const mark = 'portico-probe'
export const probeAgents = {
  control: `python-httpx/0.28.1 ${mark}`,
  data: `Claude-User ${mark}`,
} as const

/** Hosted Claude's first request, without a token, as captured. */
const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'Anthropic', version: '1.0.0' },
  },
})

const openingHeaders = {
  'Content-Type': 'application/json',
  'MCP-Protocol-Version': '2025-11-25',
}

/** All requests that a client sends before it has a token, and one with an invalid token. */
export function questionsFor(origin: string, mcpUrl: string): Question[] {
  const { pathname } = new URL(mcpUrl)
  const read = (target: Question['target'], path: string): Question => ({
    target,
    method: 'GET',
    url: `${origin}/.well-known/${path}`,
    userAgent: probeAgents.control,
  })
  const open = (target: Question['target'], more: Partial<Question> = {}): Question => ({
    target,
    method: 'POST',
    url: mcpUrl,
    userAgent: probeAgents.control,
    headers: openingHeaders,
    body: initialize,
    ...more,
  })
  return [
    read('resource-metadata', `oauth-protected-resource${pathname}`),
    read('resource-metadata-root', 'oauth-protected-resource'),
    read('server-metadata', 'oauth-authorization-server'),
    read('server-metadata-suffixed', `oauth-authorization-server${pathname}`),
    read('jwks', 'jwks.json'),
    open('challenge-post'),
    {
      target: 'challenge-get',
      method: 'GET',
      url: mcpUrl,
      userAgent: probeAgents.control,
      headers: { Accept: 'text/event-stream' },
    },
    open('challenge-post-claude-user', {
      userAgent: probeAgents.data,
      headers: { ...openingHeaders, Accept: 'application/json, text/event-stream' },
    }),
    open('bearer-echo', { headers: { ...openingHeaders, Authorization: `Bearer ${mark}` } }),
    open('trailing-slash', { url: `${mcpUrl}/` }),
  ]
}
