import { type AuthInfo, type McpRequestContext, McpServer } from '@modelcontextprotocol/server'
import { env } from '@/lib/config/env'
import { version } from '@/lib/runtime/version'
import { settings } from '@/lib/store/settings/current'
import { registerAdditions } from './additions'
import type { Caller } from './caller'
import { registerTool } from './register-tools'
import { openState } from './request-state'
import { tools } from './tool-list'

/**
 * The caller as the SDK's `AuthInfo`; our own values are in `extra`.
 *
 * @param called the tool that a request calls, when it does nothing else
 */
export const toAuthInfo = (caller: Caller, called: string | null = null): AuthInfo => ({
  // no tool needs the token, so none gets it
  token: '',
  clientId: caller.clientId,
  scopes: [...caller.scopes],
  expiresAt: Math.floor(caller.expiresAt.getTime() / 1000),
  resource: new URL(env().mcpUrl),
  resourceMetadataUrl: caller.resourceMetadataUrl,
  extra: called === null ? { caller } : { caller, called },
})

/**
 * Builds an MCP server for one request, with every tool, or of ours only the one that the request
 * calls: registering a tool takes longer than calling it.
 */
export function buildServer(request?: Pick<McpRequestContext, 'authInfo'>): McpServer {
  const server = new McpServer(
    { name: settings().serverName, version },
    {
      capabilities: { tools: { listChanged: true } },
      cacheHints: {
        'tools/list': { ttlMs: 60_000, cacheScope: 'private' },
        'server/discover': { ttlMs: 60_000, cacheScope: 'private' },
      },
      requestState: { verify: openState },
    },
  )
  const called = tools.find(({ name }) => name === request?.authInfo?.extra?.called)
  for (const tool of called ? [called] : tools) registerTool(server, tool)
  registerAdditions(server)
  return server
}
