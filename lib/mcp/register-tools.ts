import type { McpServer, ServerContext } from '@modelcontextprotocol/server'
import { challengeScope } from '@/lib/oauth/step-up'
import type { Caller } from './caller'
import { convertOnce } from './convert-once'
import { progressOf } from './progress'
import type { Tool } from './tool'

/** The caller, from where toAuthInfo put it. */
function callerOf({ http }: ServerContext): Caller {
  const caller = http?.authInfo?.extra?.caller
  if (!caller) throw new TypeError('an MCP request reached a tool without a caller')
  return caller as Caller
}

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
