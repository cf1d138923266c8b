import { OAuthError } from '@/lib/oauth/errors'

/**
 * The error of a rule, or `null` if it throws none.
 *
 * @throws any error that is no {@link OAuthError}
 */
export function refusalOf(run: () => unknown): OAuthError | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof OAuthError) return error
    throw error
  }
}
