import { randomUUID } from 'node:crypto'
import type { CallToolResult } from '@modelcontextprotocol/server'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import { doubt } from '@/lib/store/database/availability'

/** A failure that whoever called is to be told of; its message is shown as it is. */
export class ToolError extends Error {
  override name = 'ToolError'
}

/** A result that says why there is none: text for the model, which can then do something else. */
export const failedResult = (message: string): CallToolResult => ({
  content: [{ type: 'text', text: message }],
  isError: true,
})

/**
 * The result of a tool that threw. What was not meant to be told may name a host, a file or a row,
 * so it goes to the log, and the result has what finds it there.
 */
export function resultOfThrown(name: string, error: unknown): CallToolResult {
  if (error instanceof ToolError) return failedResult(error.message)
  if (isUnavailable(error)) {
    doubt(error)
    return failedResult('the database does not answer at present; try again in a few seconds')
  }
  const reference = randomUUID().slice(0, 8)
  logError(`tool ${name} failed (reference ${reference}):`, error)
  return failedResult(
    `"${name}" failed unexpectedly; whoever runs this server finds the cause in its log under ${reference}`,
  )
}
