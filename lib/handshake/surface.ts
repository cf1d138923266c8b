import type { HandshakeEvent, Surface } from './handshake'
import { proven } from './identity'

/** What lib/events/agent.ts calls the products that are told apart. */
const byAgent: Readonly<Record<string, Surface>> = {
  'Claude (hosted)': 'claude-hosted',
  'Claude (hosted, sign-in)': 'claude-hosted',
  'Claude Code': 'claude-code',
  ChatGPT: 'chatgpt',
  Cursor: 'cursor',
  'VS Code': 'vscode',
  'MCP Inspector': 'inspector',
}

/** Metadata documents, redirect hosts and registered names by which a product is known. */
const byIdentity: readonly (readonly [RegExp, Surface])[] = [
  [/^https:\/\/claude\.(ai|com)\/oauth\/claude-code-client-metadata$/, 'claude-code'],
  [/^https:\/\/claude\.(ai|com)\/oauth\/mcp-oauth-client-metadata$/, 'claude-hosted'],
  [/^https:\/\/chatgpt\.com\//, 'chatgpt'],
  [/^https:\/\/vscode\.dev\//, 'vscode'],
  [/^claude\.(ai|com)$/, 'claude-hosted'],
  [/^chatgpt\.com$/, 'chatgpt'],
  [/^(www\.)?cursor\.com$|^(the app that handles )?cursor:/, 'cursor'],
  [/^(insiders\.)?vscode\.dev$/, 'vscode'],
  [/^claude code\b/i, 'claude-code'],
  [/^cursor$/i, 'cursor'],
  [/^visual studio code\b/i, 'vscode'],
  [/^mcp inspector$/i, 'inspector'],
]

const text = (value: unknown): string[] => (typeof value === 'string' ? [value] : [])

/** The product that a client's identity names: its id, where its answer goes, how it is called. */
function surfaceByIdentity(events: readonly HandshakeEvent[]): Surface | null {
  const marks = events.flatMap(({ clientId, detail }) => [
    ...text(clientId),
    ...text(detail.redirectHost),
    ...text(detail.clientName),
  ])
  const found = byIdentity.find(([pattern]) => marks.some((mark) => pattern.test(mark)))
  return found?.[1] ?? null
}

/** Which product a request came from by its user agent alone, or `null`. */
export const surfaceByAgent = ({ agent }: HandshakeEvent): Surface | null =>
  (agent !== null && Object.hasOwn(byAgent, agent) && byAgent[agent]) || null

/** Which product connects: by its user agents first, which it cannot leave out, then by its identity. */
export function surfaceOf(events: readonly HandshakeEvent[]): Surface {
  for (const event of events) {
    const surface = surfaceByAgent(event)
    if (surface) return surface
  }
  return surfaceByIdentity(proven(events)) ?? 'unknown'
}
