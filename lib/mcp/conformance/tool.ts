import {
  type CallToolResult,
  type ContentBlock,
  type InputRequiredResult,
  type McpServer,
  requireScopes,
  type ServerContext,
} from '@modelcontextprotocol/server'
import type { Scope } from '@/lib/oauth/scope'
import { text } from './content'

const scope: Scope = 'claudeai'

/** The fixture is no way around authorization: all of it needs the scope of ordinary tools. */
export const scopeChallenge = requireScopes(scope)

/** A result of these blocks. */
export const answer = (...content: ContentBlock[]): CallToolResult => ({ content })

/** A result of one text. */
export const say = (value: string): CallToolResult => answer(text(value))

type Run = (
  context: ServerContext,
) => CallToolResult | InputRequiredResult | Promise<CallToolResult | InputRequiredResult>

/** Registers a tool without arguments. */
export function addTool(server: McpServer, name: string, description: string, run: Run): void {
  server.registerTool(name, { description, scopeChallenge }, run)
}
