import { type AuthInfo, McpServer } from '@modelcontextprotocol/server'
import { env } from '@/lib/env'
import { version } from '@/lib/version'
import type { Caller } from './caller'
import { registerConformance } from './conformance/register'
import { openState } from './request-state'
import type { Tool } from './tool'
import { tools } from './tool-list'

/** The SDK carries who calls as `AuthInfo`; what is ours travels in `extra`. */
export const toAuthInfo = (caller: Caller): AuthInfo => ({
  // no tool needs the token, so none is given it
  token: '',
  clientId: caller.clientId,
  scopes: [...caller.scopes],
  expiresAt: Math.floor(caller.expiresAt.getTime() / 1000),
  resource: new URL(env().mcpUrl),
  resourceMetadataUrl: `${env().origin}/.well-known/oauth-protected-resource/mcp`,
  extra: { caller },
})

const callerOf = (authInfo: AuthInfo | undefined): Caller => {
  const caller = authInfo?.extra?.caller
  if (!caller) throw new TypeError('an MCP request reached a tool without a caller')
  return caller as Caller
}

function register(server: McpServer, tool: Tool): void {
  server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      inputSchema: tool.input,
      outputSchema: tool.output,
      annotations: { title: tool.title, ...tool.annotations },
      // answered as HTTP 403 with the scope of this one tool (RFC 6750 §3.1)
      scopeChallenge: ({ authInfo }) =>
        authInfo?.scopes.includes(tool.scope) ? undefined : { scopes: [tool.scope] },
    },
    async (input, context) =>
      tool.run(input, { caller: callerOf(context.http?.authInfo), signal: context.mcpReq.signal }),
  )
}

/** An MCP server for one request, with every tool. */
export function buildServer(): McpServer {
  const server = new McpServer(
    { name: env().serverName, version },
    {
      capabilities: { tools: { listChanged: true } },
      cacheHints: {
        'tools/list': { ttlMs: 60_000, cacheScope: 'private' },
        'server/discover': { ttlMs: 60_000, cacheScope: 'private' },
      },
      requestState: { verify: openState },
    },
  )
  for (const tool of tools) register(server, tool)
  if (env().conformance) registerConformance(server)
  return server
}
