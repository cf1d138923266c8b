/** The error part of a challenge. */
export type ChallengeError = {
  readonly error: 'invalid_token' | 'insufficient_scope' | 'invalid_request'
  readonly description: string
}

/** A quoted-string of RFC 9110 §5.6.4. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

/**
 * The `WWW-Authenticate` of a protected resource (RFC 6750 §3, RFC 9728 §5.1). Without credentials
 * there is no `error` (RFC 6750 §3.1). `resource_metadata` is absolute: a relative one is ignored.
 */
export function bearerChallenge(
  resourceMetadata: string,
  scope: readonly string[],
  problem?: ChallengeError,
): string {
  const parts = [
    ...(problem
      ? [`error=${quoted(problem.error)}`, `error_description=${quoted(problem.description)}`]
      : []),
    `resource_metadata=${quoted(resourceMetadata)}`,
    `scope=${quoted(scope.join(' '))}`,
  ]
  return `Bearer ${parts.join(', ')}`
}
