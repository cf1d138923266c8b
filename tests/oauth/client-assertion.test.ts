import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { capabilities } from '@/lib/oauth/capabilities'
import {
  assertionKeyId,
  assertionType,
  type KeySet,
  readClientAssertion,
  verifyClientAssertion,
} from '@/lib/oauth/client-assertion'
import { OAuthError } from '@/lib/oauth/errors'
import { refusalOf } from '../support/oauth/refusal'
import { verifies } from '../support/sources/verifies'

const clientId = 'https://app.example.com/client.json'
const issuer = 'https://portico.example.com'
const tokenUrl = `${issuer}/token`
const now = new Date('2026-10-01T12:00:00Z')
const at = (seconds: number) => Math.floor(now.getTime() / 1000) + seconds

type Pair = Awaited<ReturnType<typeof generateKeyPair>>
const pairs = new Map<string, Pair>()
let keys: KeySet

beforeAll(async () => {
  const made: KeySet['keys'] = []
  for (const alg of capabilities.assertionAlgorithms) {
    const pair = await generateKeyPair(alg, { extractable: true })
    pairs.set(alg, pair)
    made.push({ ...(await exportJWK(pair.publicKey)), kid: alg, alg })
  }
  keys = { keys: made }
})

const usual = { iss: clientId, sub: clientId, aud: issuer, exp: at(60), iat: at(0), jti: 'one' }

const sign = (
  change: Record<string, unknown> = {},
  alg = 'ES256',
  header: Record<string, string | undefined> = { kid: alg },
): Promise<string> =>
  new SignJWT({ ...usual, ...change } as JWTPayload)
    .setProtectedHeader({ ...header, alg })
    .sign((pairs.get(alg) as Pair).privateKey)

/** What becomes of an assertion: what is kept of it, or why it is refused. */
async function verify(jwt: string, known = keys) {
  try {
    return await verifyClientAssertion({ clientId, jwt }, known, [issuer, tokenUrl], now)
  } catch (error) {
    if (error instanceof OAuthError && error.code === 'invalid_client') return 'refused'
    throw error
  }
}

describe('an assertion is accepted', () => {
  test.each(capabilities.assertionAlgorithms)(
    verifies(['A37', 'A5'], 'when it is signed with %s, which is announced'),
    async (alg) => {
      expect(await verify(await sign({}, alg))).toEqual({
        id: 'one',
        expiresAt: new Date((at(60) + 60) * 1000),
      })
    },
  )

  test.each<[string, Record<string, unknown>]>([
    ['for the issuer', { aud: issuer }],
    ['for the issuer, in a list', { aud: [issuer] }],
    ['for the token endpoint, as older clients send it', { aud: tokenUrl }],
    ['for both', { aud: [issuer, tokenUrl] }],
    ['by a clock that is a little behind', { exp: at(-30) }],
    ['without iat', { iat: undefined }],
    ['for an hour', { exp: at(3600) }],
  ])(verifies(['A37'], '%s'), async (_title, change) => {
    expect(await verify(await sign(change))).toMatchObject({ id: 'one' })
  })

  test(verifies(['A37'], 'without a key id, whichever key of that kind signed it'), async () => {
    const other = await generateKeyPair('ES256', { extractable: true })
    const two = [{ ...(await exportJWK(other.publicKey)), alg: 'ES256' }, ...keys.keys]
    expect(await verify(await sign({}, 'ES256', {}), { keys: two })).toMatchObject({ id: 'one' })
  })
})

describe('an assertion is refused', () => {
  test.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://evil.example/client' }],
    ['no issuer', { iss: undefined }],
    ['another subject', { sub: 'https://evil.example/client' }],
    ['another audience', { aud: 'https://other.example' }],
    ['a further audience', { aud: [issuer, 'https://other.example'] }],
    ['an audience that only begins like ours', { aud: `${issuer}.evil.example` }],
    ['no audience', { aud: undefined }],
    ['an empty audience', { aud: [] }],
    ['no expiry', { exp: undefined }],
    ['an expiry in the past', { exp: at(-61) }],
    ['an expiry far away', { exp: at(3601) }],
    ['a beginning in the future', { nbf: at(120) }],
    ['no id', { jti: undefined }],
  ])(verifies(['A37'], 'with %s'), async (_title, change) => {
    expect(await verify(await sign(change))).toBe('refused')
  })

  test(verifies(['A37'], 'when it is not signed, or with a shared secret'), async () => {
    expect(await verify(new UnsecuredJWT(usual).encode())).toBe('refused')
    const [first] = keys.keys
    const secret = new TextEncoder().encode(JSON.stringify(first))
    const jwt = await new SignJWT(usual).setProtectedHeader({ alg: 'HS256' }).sign(secret)
    expect(await verify(jwt)).toBe('refused')
    const oct = { kty: 'oct', k: Buffer.from(secret).toString('base64url') }
    expect(await verify(jwt, { keys: [oct] })).toBe('refused')
  })

  test(verifies(['A37'], 'when another key signed it, with and without the key id'), async () => {
    const { privateKey } = await generateKeyPair('ES256')
    for (const kid of ['ES256', undefined, 'unknown']) {
      const header = { alg: 'ES256', ...(kid ? { kid } : {}) }
      const jwt = await new SignJWT(usual).setProtectedHeader(header).sign(privateKey)
      expect(await verify(jwt)).toBe('refused')
    }
  })

  test.each<[unknown]>([[[]], [[null]], [['x']], [[{}]], [[{ kty: 'EC' }]]])(
    verifies(['A37'], 'when the keys of the client are %j'),
    async (odd) => {
      expect(await verify(await sign(), { keys: odd as KeySet['keys'] })).toBe('refused')
    },
  )
})

describe('reading', () => {
  test(verifies(['A37'], 'the subject names the client, with or without client_id'), async () => {
    const jwt = await sign()
    const sent = { client_assertion: jwt, client_assertion_type: assertionType }
    expect(readClientAssertion(sent)).toEqual({ clientId, jwt })
    expect(readClientAssertion({ ...sent, client_id: clientId })).toEqual({ clientId, jwt })
    expect(readClientAssertion({ client_id: clientId })).toBeNull()
    expect(assertionKeyId({ clientId, jwt })).toBe('ES256')
    expect(assertionKeyId({ clientId, jwt: 'x' })).toBeUndefined()
  })

  test(verifies(['A37', 'A30'], 'what cannot be read is invalid_client'), async () => {
    const jwt = await sign()
    const type = { client_assertion_type: assertionType }
    const unsigned = (sub: unknown) => new UnsecuredJWT({ ...usual, sub } as JWTPayload).encode()
    const odd: Record<string, string>[] = [
      { client_assertion: jwt },
      type,
      { client_assertion: jwt, client_assertion_type: 'jwt' },
      { ...type, client_assertion: 'x' },
      { ...type, client_assertion: 'a.b.c' },
      { ...type, client_assertion: unsigned(undefined) },
      { ...type, client_assertion: unsigned('') },
      { ...type, client_assertion: unsigned(7) },
      { ...type, client_assertion: unsigned({}) },
      { ...type, client_assertion: jwt, client_id: 'client_other' },
    ]
    for (const sent of odd) {
      expect(refusalOf(() => readClientAssertion(sent))?.code).toBe('invalid_client')
    }
  })
})
