import { OAuthError } from '@/lib/oauth/errors'

/**
 * How a rule refuses, or `null` when it does not.
 *
 * @throws whatever it throws that is no {@link OAuthError}
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
