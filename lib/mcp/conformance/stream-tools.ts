import { setTimeout as wait } from 'node:timers/promises'
import type { McpServer, ServerContext } from '@modelcontextprotocol/server'
import { addTool, say } from './tool'

/** Between two messages, so that a client that waits for the end of the answer is found out. */
const pauseMs = 50

const pause = ({ mcpReq }: ServerContext): Promise<void> =>
  wait(pauseMs, undefined, { signal: mcpReq.signal })

async function log(context: ServerContext): Promise<void> {
  await context.mcpReq.log('info', 'Tool execution started')
  await pause(context)
  await context.mcpReq.log('info', 'Tool processing data')
  await pause(context)
  await context.mcpReq.log('info', 'Tool execution completed')
}

async function reportProgress(context: ServerContext): Promise<void> {
  const progressToken = context.mcpReq._meta?.progressToken
  for (const progress of [0, 50, 100]) {
    if (progress > 0) await pause(context)
    if (progressToken === undefined) continue
    await context.mcpReq.notify({
      method: 'notifications/progress',
      params: { progressToken, progress, total: 100 },
    })
  }
}

/** Tools that send something before they answer, or lose the stream they would answer on. */
export function addStreamTools(server: McpServer): void {
  for (const name of ['test_tool_with_logging', 'test_logging_tool']) {
    addTool(server, name, 'Logs three messages at level "info".', async (context) => {
      await log(context)
      return say('Three messages were logged.')
    })
  }
  addTool(server, 'test_tool_with_progress', 'Reports progress 0, 50, 100.', async (context) => {
    await reportProgress(context)
    return say('Progress was reported.')
  })
  addTool(server, 'test_reconnection', 'Closes its stream, then answers.', async (context) => {
    context.http?.closeSSE?.()
    await pause(context)
    return say('This answer came after its stream was closed.')
  })
}
