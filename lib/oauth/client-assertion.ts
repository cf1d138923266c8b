import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose'
import type { AssertionProblem } from '@/lib/reasons'
import { capabilities } from './capabilities'
import { OAuthError } from './errors'
import type { Parameters } from './parameters'

/** Public keys of a client (RFC 7517 §5). */
export type KeySet = JSONWebKeySet

/** RFC 7523 §2.2. */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Longer-lived assertions are refused: their ids would have to be stored as long. */
const longestLifetime = 3600
const clockTolerance = 60

/** An assertion as received, with the client it names, unverified. */
export type UnverifiedAssertion = { readonly clientId: string; readonly jwt: string }

const refused = (problem: AssertionProblem): OAuthError =>
  new OAuthError('invalid_client', { kind: 'assertion-unusable', problem }, { wire: 'client' })

/**
 * Reads `client_assertion` (RFC 7521 §4.2). `client_id` is optional: the subject names the client.
 *
 * @returns `null` when none was sent
 * @throws {OAuthError}
 */
export function readClientAssertion(parameters: Parameters): UnverifiedAssertion | null {
  const { client_assertion: jwt, client_assertion_type: type, client_id: clientId } = parameters
  if (jwt === undefined && type === undefined) return null
  if (jwt === undefined || type !== assertionType) throw refused({ kind: 'type' })
  let subject: unknown
  try {
    subject = decodeJwt(jwt).sub
  } catch {
    throw refused({ kind: 'not-jwt' })
  }
  if (typeof subject !== 'string' || !subject) throw refused({ kind: 'no-subject' })
  if (clientId !== undefined && clientId !== subject) throw refused({ kind: 'client-id-differs' })
  return { clientId: subject, jwt }
}

/** The id of the key that an assertion claims to be signed with, if it has one. */
export function assertionKeyId({ jwt }: UnverifiedAssertion): string | undefined {
  try {
    return decodeProtectedHeader(jwt).kid
  } catch {
    return undefined
  }
}

/** RFC 7515 §4.1.4: `kid` is optional, so several keys may have to be tried. */
async function verifyWithAny(jwt: string, keys: KeySet, options: JWTVerifyOptions) {
  try {
    return await jwtVerify(jwt, createLocalJWKSet(keys), options)
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    for await (const key of error) {
      try {
        return await jwtVerify(jwt, key, options)
      } catch (mismatch) {
        if (!(mismatch instanceof errors.JWSSignatureVerificationFailed)) throw mismatch
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

/**
 * Verifies a client assertion (RFC 7523 §3, OAuth 2.1 §2.4): signature, `iss` = `sub` = client,
 * audience, lifetime. The caller must ensure by the returned id that it is used only once.
 *
 * @param keys public keys of the client
 * @param audiences the issuer, and for older clients the token endpoint
 * @returns what is stored of it, so that it is accepted only once
 * @throws {OAuthError} `invalid_client`
 */
export async function verifyClientAssertion(
  { clientId, jwt }: UnverifiedAssertion,
  keys: KeySet,
  audiences: readonly string[],
  now: Date,
): Promise<{ id: string; expiresAt: Date }> {
  try {
    const { payload } = await verifyWithAny(jwt, keys, {
      algorithms: [...capabilities.assertionAlgorithms],
      issuer: clientId,
      subject: clientId,
      audience: [...audiences],
      requiredClaims: ['exp', 'jti'],
      clockTolerance,
      currentDate: now,
    })
    const { exp = 0, jti = '', aud } = payload
    // RFC 7523bis: another server that also accepts this assertion could replay it
    if (![aud].flat().every((one) => one !== undefined && audiences.includes(one))) {
      throw refused({ kind: 'audience' })
    }
    if (exp > now.getTime() / 1000 + longestLifetime) throw refused({ kind: 'lives-too-long' })
    return { id: jti, expiresAt: new Date((exp + clockTolerance) * 1000) }
  } catch (error) {
    if (error instanceof OAuthError) throw error
    const why = error instanceof errors.JOSEError ? error.message : 'cannot be verified'
    throw refused({ kind: 'unverified', error: why })
  }
}
