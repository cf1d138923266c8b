import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose'
import type { PlainReasonKind } from '@/lib/reasons'

/** The claims of an access token (RFC 9068 §2.2); `grant_id` is ours. */
export type AccessTokenClaims = {
  readonly iss: string
  readonly sub: string
  readonly aud: string
  readonly client_id: string
  readonly scope: string
  readonly jti: string
  /** seconds since the epoch */
  readonly iat: number
  /** seconds since the epoch */
  readonly exp: number
  readonly grant_id: string
}

/** Why an access token was not accepted, for the log and the challenge. */
export type TokenProblem = Extract<
  PlainReasonKind,
  | 'token-malformed'
  | 'token-expired'
  | 'token-signature'
  | 'token-key'
  | 'token-issuer'
  | 'token-audience'
  | 'token-type'
>

/** A private key and its id. */
export type Signer = { readonly kid: string; readonly key: CryptoKey }

/** The one algorithm of access tokens. */
export const accessTokenAlgorithm = 'ES256'

/** RFC 9068 §2.1: the type tells an access token from any other JWT of this issuer. */
const type = 'at+jwt'

/** Signs an access token. */
export const signAccessToken = (claims: AccessTokenClaims, { kid, key }: Signer): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: accessTokenAlgorithm, typ: type, kid })
    .sign(key)

/** The id of the key that a token claims to be signed with, unverified; `null` if it has none. */
export function keyIdOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).kid ?? null
  } catch {
    return null
  }
}

function problemOf(error: unknown): TokenProblem {
  if (error instanceof errors.JWTExpired) return 'token-expired'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'token-signature'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'token-issuer'
    if (error.claim === 'aud') return 'token-audience'
    if (error.claim === 'typ') return 'token-type'
  }
  return error instanceof UnknownKey ? 'token-key' : 'token-malformed'
}

class UnknownKey extends Error {}

/**
 * Verifies an access token (RFC 9068 §4): signature, type, issuer, audience, lifetime.
 *
 * @param expected any of several issuers and audiences: they are names of the same server
 * @param keys public keys by `kid`
 * @returns its claims, or why it is not accepted
 */
export async function verifyAccessToken(
  token: string,
  keys: ReadonlyMap<string, CryptoKey>,
  expected: { readonly issuer: string | string[]; readonly audience: string | string[] },
  now: Date,
): Promise<AccessTokenClaims | TokenProblem> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = kid === undefined ? undefined : keys.get(kid)
        if (!key) throw new UnknownKey()
        return key
      },
      {
        algorithms: [accessTokenAlgorithm],
        typ: type,
        issuer: expected.issuer,
        audience: expected.audience,
        requiredClaims: ['sub', 'client_id', 'scope', 'jti', 'iat', 'exp', 'grant_id'],
        currentDate: now,
      },
    )
    return payload as unknown as AccessTokenClaims
  } catch (error) {
    return problemOf(error)
  }
}

/** Problems of a token with a valid signature: this server issued it. */
const ownProblems: readonly TokenProblem[] = ['token-expired', 'token-issuer', 'token-audience']

/** Whether {@link verifyAccessToken} found a valid signature, but something else wrong. */
export const isOwnToken = (problem: TokenProblem): boolean => ownProblems.includes(problem)

/** The claims of a refused token. Only for one that {@link isOwnToken}. */
export const claimsOfRefused = (token: string): AccessTokenClaims =>
  decodeJwt(token) as unknown as AccessTokenClaims
