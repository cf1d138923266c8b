import { invalidRequest, OAuthError, parameterMissing } from './errors'
import type { Parameters } from './parameters'
import { constantTimeEqual, hashSecret } from './secret'

/** The shape of every BASE64URL(SHA-256) (RFC 7636 §4.2). */
const challengeShape = /^[A-Za-z0-9_-]{43}$/

/** RFC 7636 §4.1. */
const verifierShape = /^[A-Za-z0-9._~-]{43,128}$/

/** Whether a string can be an S256 challenge. */
export const isCodeChallenge = (value: string): boolean => challengeShape.test(value)

/** Whether a string can be a verifier. */
export const isCodeVerifier = (value: string): boolean => verifierShape.test(value)

/** Whether the verifier belongs to the challenge (RFC 7636 §4.6). */
export const verifierMatches = (verifier: string, challenge: string): boolean =>
  constantTimeEqual(hashSecret(verifier), challenge)

/** RFC 7636 §4.4.1; a missing method would mean `plain`, which RFC 9700 §2.1.1 rules out. */
export function checkCodeChallenge(parameters: Parameters): string {
  const { code_challenge: challenge, code_challenge_method: method } = parameters
  if (challenge === undefined) throw parameterMissing('code_challenge')
  if (method !== 'S256') throw invalidRequest({ kind: 'challenge-method' })
  if (!isCodeChallenge(challenge)) throw invalidRequest({ kind: 'challenge-malformed' })
  return challenge
}

/** RFC 7636 §4.6. */
export function checkVerifier({ code_verifier: verifier }: Parameters, challenge: string): void {
  if (verifier === undefined) throw parameterMissing('code_verifier')
  if (!isCodeVerifier(verifier) || !verifierMatches(verifier, challenge)) {
    throw new OAuthError('invalid_grant', { kind: 'verifier-mismatch' }, { wire: 'code' })
  }
}
