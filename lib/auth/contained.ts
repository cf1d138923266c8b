import 'server-only'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { logError } from '@/lib/runtime/log'
import { CodeError, ThrottledError } from './sign-in-exchange'

/**
 * Lets only errors that the form can show out of a sign-in attempt: next-auth puts the message of any
 * error into the redirect URL, and a database error names tables.
 */
export async function contained<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof ThrottledError || error instanceof CodeError) throw error
    if (!isUnavailable(error)) logError('a sign-in failed:', error)
    throw new Error(isUnavailable(error) ? 'unavailable' : 'fault')
  }
}
