import { generateKeyPairSync, webcrypto } from 'node:crypto'
import { base64url, decodeProtectedHeader, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type AccessTokenClaims,
  accessTokenAlgorithm,
  type Signer,
  signAccessToken,
  verifyAccessToken,
} from '@/lib/oauth/access-token'
import { verifies } from '../support/sources/verifies'

const now = new Date('2026-10-01T12:00:00Z')
const expected = {
  issuer: 'https://portico.example.com',
  audience: 'https://portico.example.com/mcp',
}
const claims: AccessTokenClaims = {
  iss: expected.issuer,
  sub: 'user_A',
  aud: expected.audience,
  client_id: 'client_A',
  scope: 'claudeai',
  jti: 'at_A',
  iat: now.getTime() / 1000,
  exp: now.getTime() / 1000 + 3600,
  grant_id: 'grant_A',
}

const pair = () =>
  webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])

let signer: Signer
let keys: Map<string, CryptoKey>
let foreign: CryptoKey

beforeAll(async () => {
  const [own, other] = await Promise.all([pair(), pair()])
  signer = { kid: 'key_A', key: own.privateKey }
  keys = new Map([['key_A', own.publicKey]])
  foreign = other.privateKey
})

const verify = (token: string, at = now) => verifyAccessToken(token, keys, expected, at)

/** A token as somebody else would make it. */
const forged = (
  change: Record<string, unknown>,
  header: { alg: string; typ?: string; kid?: string },
  key: CryptoKey | Uint8Array,
) => new SignJWT({ ...claims, ...change }).setProtectedHeader(header).sign(key)

const header = { alg: 'ES256', typ: 'at+jwt', kid: 'key_A' }

describe('signAccessToken', () => {
  test(verifies(['A46'], 'is ES256, typed at+jwt, and names its key'), async () => {
    expect(accessTokenAlgorithm).toBe('ES256')
    expect(decodeProtectedHeader(await signAccessToken(claims, signer))).toEqual(header)
  })

  test(verifies(['A46'], 'carries the claims of RFC 9068 and reads back'), async () => {
    expect(await verify(await signAccessToken(claims, signer))).toEqual(claims)
  })
})

describe('verifyAccessToken', () => {
  test.each<[string, Partial<AccessTokenClaims>, string]>([
    ['another resource', { aud: 'https://other.example/mcp' }, 'token-audience'],
    ['the bare origin', { aud: expected.issuer }, 'token-audience'],
    ['another path', { aud: `${expected.audience}/` }, 'token-audience'],
  ])(verifies(['R4'], 'a token for %s is not accepted'), async (_, change, problem) => {
    expect(await verify(await signAccessToken({ ...claims, ...change }, signer))).toBe(problem)
  })

  test.each([
    'https://other.example',
    'https://portico.example.com/',
    'http://portico.example.com',
  ])(verifies(['A46', 'A2'], 'a token of %s is not accepted'), async (iss) => {
    expect(await verify(await signAccessToken({ ...claims, iss }, signer))).toBe('token-issuer')
  })

  test.each([
    [3599, true],
    [3600, false],
    [3601, false],
  ])(verifies(['A46'], 'after %i s it is live: %s'), async (seconds, isLive) => {
    const at = new Date(now.getTime() + seconds * 1000)
    const answer = await verify(await signAccessToken(claims, signer), at)
    expect(answer).toEqual(isLive ? claims : 'token-expired')
  })

  test.each(['sub', 'client_id', 'scope', 'jti', 'iat', 'exp', 'grant_id', 'iss', 'aud'])(
    verifies(['A46'], 'a token without %s is not accepted'),
    async (claim) => {
      const answer = await verify(await forged({ [claim]: undefined }, header, signer.key))
      expect(answer).toBeTypeOf('string')
    },
  )

  test.each([['JWT'], [undefined], ['dpop+jwt'], ['id+jwt']])(
    verifies(['A46'], 'the type %j is not accepted'),
    async (typ) => {
      const { alg, kid } = header
      const named = typ === undefined ? { alg, kid } : { alg, kid, typ }
      expect(await verify(await forged({}, named, signer.key))).toBe('token-type')
    },
  )

  test(verifies(['A46'], 'a key that is not ours is not accepted'), async () => {
    expect(await verify(await forged({}, header, foreign))).toBe('token-signature')
    expect(await verify(await forged({}, { ...header, kid: 'key_B' }, foreign))).toBe('token-key')
    const { alg, typ } = header
    expect(await verify(await forged({}, { alg, typ }, signer.key))).toBe('token-key')
  })

  test(verifies(['A46'], 'no other algorithm is accepted, and none least of all'), async () => {
    const spki = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const rsa = await webcrypto.subtle.importKey(
      'pkcs8',
      spki.privateKey.export({ type: 'pkcs8', format: 'der' }),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      false,
      ['sign'],
    )
    expect(await verify(await forged({}, { ...header, alg: 'RS256' }, rsa))).toBe('token-malformed')
    const secret = new Uint8Array(32)
    expect(await verify(await forged({}, { ...header, alg: 'HS256' }, secret))).toBe(
      'token-malformed',
    )
    const [, payload] = (await signAccessToken(claims, signer)).split('.')
    const none = base64url.encode(JSON.stringify({ ...header, alg: 'none' }))
    expect(await verify(`${none}.${payload}.`)).toBe('token-malformed')
  })

  test(verifies(['A46'], 'a token whose claims were changed is not accepted'), async () => {
    const [head, , signature] = (await signAccessToken(claims, signer)).split('.')
    const widened = base64url.encode(JSON.stringify({ ...claims, sub: 'user_B' }))
    expect(await verify(`${head}.${widened}.${signature}`)).toBe('token-signature')
  })

  test.each(['', 'abc', 'a.b', 'a.b.c', '....', 'eyJhbGciOiJFUzI1NiJ9.e30.', '🦊', '\u0000'])(
    '%j is malformed',
    async (token) => {
      expect(await verify(token)).toMatch(/^token-(malformed|key)$/)
    },
  )
})
