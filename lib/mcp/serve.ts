import 'server-only'
import { createMcpHandler } from '@modelcontextprotocol/server'
import type { Caller } from './caller'
import { onListChanged } from './notifier'
import { buildServer, toAuthInfo } from './server'

/**
 * One handler for every protocol revision: the modern one by its envelope, the older ones
 * statelessly, since hosted Claude hardly ever sends a session id back and calls from many machines.
 */
const handler = createMcpHandler(buildServer, {
  legacy: 'stateless',
  onerror: (error) => console.error('mcp:', error.message),
})

onListChanged((list) => handler.notify[`${list}Changed`]())

/**
 * Answers an authenticated MCP request.
 *
 * @param body the parsed body, or `undefined` where there is none or it is not JSON
 */
export const serveMcp = (request: Request, body: unknown, caller: Caller): Promise<Response> =>
  handler.fetch(request, {
    authInfo: toAuthInfo(caller),
    ...(body === undefined ? {} : { parsedBody: body }),
  })
