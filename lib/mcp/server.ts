import 'server-only'
import { type AuthInfo, type McpRequestContext, McpServer } from '@modelcontextprotocol/server'
import { env } from '@/lib/config/env'
import { secondsOf } from '@/lib/oauth/lifetimes'
import { challengeScope } from '@/lib/oauth/step-up'
import { processWide } from '@/lib/process-wide'
import { version } from '@/lib/runtime/version'
import { currentSettings } from '@/lib/store/settings/current'
import { bus } from './bus'
import { callerOf, type McpCaller } from './caller'
import { convertOnce } from './dialect'
import { progressOf } from './progress'
import { openState, sealState } from './request-state'
import type { Tool } from './tool'
import { tools } from './tool-list'

/** RFC 6750 §3.1, answered as HTTP 403 in both eras, before the tool is run. */
const scopeChallenge = (needed: Tool['scope'], granted: readonly string[]) =>
  granted.includes(needed)
    ? undefined
    : {
        scopes: challengeScope(needed, granted),
        errorDescription: `this tool needs the scope ${needed}`,
      }

/** Offers a tool to the clients of a server. */
export function registerTool(server: McpServer, tool: Tool): void {
  server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      inputSchema: convertOnce(tool.input),
      outputSchema: convertOnce(tool.output),
      annotations: { title: tool.title, ...tool.annotations },
      scopeChallenge: ({ authInfo }) => scopeChallenge(tool.scope, authInfo?.scopes ?? []),
    },
    async (input, context) => {
      const caller = callerOf(context)
      // checked again beside the data: a transport that forgot to challenge must not open the tool
      if (!caller.scopes.includes(tool.scope)) {
        throw new TypeError(`an MCP request reached "${tool.name}" without its scope`)
      }
      const { signal } = context.mcpReq
      return tool.run(input, { caller, signal, progress: progressOf(context) })
    },
  )
}

/** What an addition may use of this endpoint, besides the SDK. */
export type EndpointParts = {
  readonly bus: Pick<typeof bus, 'publish'>
  readonly sealState: typeof sealState
}

/** Registers tools, prompts or resources on the server of one request. */
type Addition = (server: McpServer, parts: EndpointParts) => void

/**
 * What is registered besides the tools of tool-list.ts. Portico itself adds nothing; a program loaded
 * into the process earlier may, such as the fixture of the conformance tests.
 */
const additions = processWide('mcp-additions', (): readonly Addition[] => [])

function registerAdditions(server: McpServer): void {
  for (const add of additions) add(server, { bus, sealState })
}

/**
 * The caller as the SDK's `AuthInfo`; our own values are in `extra`.
 *
 * @param called the tool that a request calls, when it does nothing else
 */
export const toAuthInfo = (caller: McpCaller, called: string | null = null): AuthInfo => ({
  // no tool needs the token, so none gets it
  token: '',
  clientId: caller.clientId,
  scopes: [...caller.scopes],
  expiresAt: secondsOf(caller.expiresAt),
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
    { name: currentSettings().serverName, version },
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
