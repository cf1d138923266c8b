import 'server-only'
import { say, sayLines } from '@/lib/cli/log.mjs'
import { isUnavailable } from '@/lib/runtime/database-errors'

/**
 * What the server says besides events: one place for all of it, so that it is JSON where that is
 * asked for, and moves no cursor of a terminal where it is text.
 */

/** Tells of something that is as it should be. @param fields for JSON, where the text has them already */
export const logInfo = (message: string, fields?: Readonly<Record<string, unknown>>): void =>
  say('info', message, fields && { fields })

/** Tells of something in several lines, which are all this server's own. */
export const logLines = (lines: readonly string[]): void => sayLines(lines)

/** Tells of something that an operator should change. */
export const logWarning = (message: string): void => say('warn', message)

/**
 * Tells of a fault; of a database that is away only lib/store/database/availability.ts does, once.
 *
 * @param error with its stack, where that is wanted
 */
export function logError(message: string, error?: unknown): void {
  if (!isUnavailable(error)) say('error', message, { error })
}
