import { randomBytes } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { signAccessToken, verifyAccessToken } from '@/lib/oauth/access-token'
import {
  generateSigningKey,
  importPublicKey,
  openSigningKey,
  type SealedKey,
} from '@/lib/oauth/signing-keys'
import { verifies } from '../support/sources/verifies'

const encryptionKey = randomBytes(32)
let sealed: SealedKey

beforeAll(async () => {
  sealed = await generateSigningKey(encryptionKey)
})

test(verifies(['A46'], 'the public half is one that a JWK set may hold'), async () => {
  expect(sealed.publicJwk).toEqual({
    kty: 'EC',
    crv: 'P-256',
    x: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    y: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    kid: sealed.id,
    use: 'sig',
    alg: 'ES256',
  })
  const { kty, crv, x, y } = sealed.publicJwk as Record<string, string>
  expect(sealed.id).toBe(await calculateJwkThumbprint({ kty, crv, x, y }))
})

test(verifies(['A46'], 'what the opened key signs, the published key verifies'), async () => {
  const key = await openSigningKey(sealed, encryptionKey)
  const published = await importPublicKey(sealed.publicJwk, sealed.algorithm)
  const claims = {
    iss: 'https://portico.example.com',
    sub: 'user_A',
    aud: 'https://portico.example.com/mcp',
    client_id: 'client_A',
    scope: 'claudeai',
    jti: 'at_A',
    iat: 1000,
    exp: 2000,
    grant_id: 'grant_A',
  }
  const token = await signAccessToken(claims, { kid: sealed.id, key })
  const expected = { issuer: claims.iss, audience: claims.aud }
  const keys = new Map([[sealed.id, published]])
  expect(await verifyAccessToken(token, keys, expected, new Date(1_500_000))).toEqual(claims)
})

test(
  verifies(['A45'], 'the private half is encrypted, and to another secret it is closed'),
  async () => {
    expect(sealed.privateJwkEncrypted).toMatch(/^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_.-]+$/)
    await expect(openSigningKey(sealed, randomBytes(32))).rejects.toThrow()
  },
)

test('every key is another', async () => {
  const other = await generateSigningKey(encryptionKey)
  expect(other.id).not.toBe(sealed.id)
  expect(other.privateJwkEncrypted).not.toBe(sealed.privateJwkEncrypted)
})
