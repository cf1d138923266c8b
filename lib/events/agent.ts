/** This server looking at itself: no client, and no part of any handshake. */
export const selfCheckAgent = 'Portico (self-check)'

const browser = 'Browser'

/** What a user agent means; the first that matches. Sources: wire logs, see docs/events.md. */
const agents: readonly (readonly [RegExp, string])[] = [
  // first of all: this server's own questions bear the names of others
  [/portico-probe/i, selfCheckAgent],
  [/claude-code\//i, 'Claude Code'],
  // hosted Claude sends its MCP traffic under this name …
  [/claude-user/i, 'Claude (hosted)'],
  // … and discovery, registration and token requests from an HTTP library
  [/python-httpx\//i, 'Claude (hosted, sign-in)'],
  [/openai-mcp|chatgpt/i, 'ChatGPT'],
  [/cursor/i, 'Cursor'],
  [/visual studio code|vscode/i, 'VS Code'],
  [/codex/i, 'Codex'],
  [/gemini/i, 'Gemini CLI'],
  [/goose/i, 'Goose'],
  [/\bzed\b/i, 'Zed'],
  [/mcp-remote/i, 'mcp-remote'],
  [/inspector/i, 'MCP Inspector'],
  [/portico-try/i, 'npm run try'],
  [/firefox|chrome|safari|gecko/i, browser],
  [/curl\//i, 'curl'],
  [/^node$|undici|node-fetch/i, 'Node.js'],
]

/** As much of a user agent as is stored, and looked at: every request is matched against all of these. */
export const longestAgent = 300

/** Every browser begins by the name of the first, and so do programs that are none. */
const isNamed = ([pattern, name]: (typeof agents)[number], userAgent: string): boolean =>
  pattern.test(userAgent) && (name !== browser || /mozilla\//i.test(userAgent))

/** `python-httpx` means Claude only from Anthropic's network; elsewhere it is any Python program. */
const hostedSignIn = 'Claude (hosted, sign-in)'

/**
 * Names the software behind a user agent, or `null` when nothing is known of it.
 *
 * @param network where the request came from
 */
export function nameAgent(userAgent: string | null, network: string | null): string | null {
  if (!userAgent) return null
  const name = agents.find((agent) => isNamed(agent, userAgent.slice(0, longestAgent)))?.[1] ?? null
  if (name === hostedSignIn && network === 'public') return 'Python (httpx)'
  return name
}
