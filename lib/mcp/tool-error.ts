import { randomUUID } from 'node:crypto'
import type { CallToolResult } from '@modelcontextprotocol/server'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import { suspectOutage } from '@/lib/store/database/availability'

/** A failure to report to the caller; its message is shown as it is. */
export class ToolError extends Error {
  override name = 'ToolError'
}

/** An error result: text for the model, which can then try something else. */
export const failedResult = (message: string): CallToolResult => ({
  content: [{ type: 'text', text: message }],
  isError: true,
})

/**
 * The result of a tool that threw. An unexpected error may name a host, a file or a row: it goes to
 * the log, and the result only has a reference to it.
 */
export function resultOfThrown(name: string, error: unknown): CallToolResult {
  if (error instanceof ToolError) return failedResult(error.message)
  if (isUnavailable(error)) {
    suspectOutage(error)
    return failedResult('the database does not answer at present; try again in a few seconds')
  }
  const reference = randomUUID().slice(0, 8)
  logError(`tool ${name} failed (reference ${reference}):`, error)
  return failedResult(
    `"${name}" failed unexpectedly; whoever runs this server finds the cause in its log under ${reference}`,
  )
}
