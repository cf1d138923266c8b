import 'server-only'
import { say, sayLines } from '@/lib/cli/log.mjs'
import { isUnavailable } from '@/lib/runtime/database-errors'

/**
 * Everything the server logs besides events goes through here, so that it is JSON if configured, and
 * as text cannot contain terminal control sequences.
 */

/** Logs normal operation. @param fields for JSON, when the text already contains them */
export const logInfo = (message: string, fields?: Readonly<Record<string, unknown>>): void =>
  say('info', message, fields && { fields })

/** Logs several lines of this server's own text. */
export const logLines = (lines: readonly string[]): void => sayLines(lines)

/** Logs something that an operator should change. */
export const logWarning = (message: string): void => say('warn', message)

/**
 * Logs a fault. For a database that is away, only lib/store/database/availability.ts logs, once.
 *
 * @param error logged with its stack
 */
export function logError(message: string, error?: unknown): void {
  if (!isUnavailable(error)) say('error', message, { error })
}
