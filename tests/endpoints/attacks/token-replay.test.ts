import { decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../../support/mcp/mcp-message'
import { read } from '../../support/oauth/oauth'
import { connect } from '../../support/oauth/oauth-tokens'
import { sharedOrigin } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

const origin = sharedOrigin()
const connection = await connect(origin)
const { access_token: token, refresh_token: refreshToken } = connection.tokens
const [header = '', payload = '', signature = ''] = token.split('.')
const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
const { kid = '' } = decodeProtectedHeader(token)

const call = (bearer: string) => postMcp(`${origin}/mcp`, bearer, toolCall('whoami'))
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const tampered = (changes: object) => `${header}.${encode({ ...claims, ...changes })}.${signature}`
const bytesOf = (text: string) => new TextEncoder().encode(text)

let thief: CryptoKeyPair
let ours: Record<string, unknown>

beforeAll(async () => {
  thief = await generateKeyPair('ES256', { extractable: true })
  const { body } = await read(await fetch(`${origin}/.well-known/jwks.json`))
  const [key] = body.keys as Record<string, unknown>[]
  ours = key ?? {}
})

const signed = (changes: object, head: object = {}) =>
  new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...head })
    .sign(thief.privateKey)

const hmac = (alg: string, key: Uint8Array) =>
  new SignJWT(claims).setProtectedHeader({ alg, typ: 'at+jwt', kid }).sign(key)

/** The public key as the bytes that a confused verifier might take for an HMAC key. */
async function pemOf(jwk: Record<string, unknown>): Promise<string> {
  const key = (await importJWK({ ...jwk, ext: true }, 'ES256')) as CryptoKey
  const der = Buffer.from(await crypto.subtle.exportKey('spki', key)).toString('base64')
  const lines = der.match(/.{1,64}/g)?.join('\n')
  return `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`
}

describe('RFC 9700 §4.9, §4.10: leaked and foreign access tokens', () => {
  test.each<[string, () => string | Promise<string>]>([
    ['for another audience', () => signed({ aud: 'https://elsewhere.example/mcp' })],
    ['for this audience and another', () => tampered({ aud: [`${origin}/mcp`, 'https://a.b'] })],
    ['for the origin alone', () => tampered({ aud: origin })],
    ['of another issuer', () => signed({ iss: 'https://evil.example' })],
    ['of another issuer under our key’s id', () => signed({})],
    ['of a key it brings along', async () => signed({}, { jwk: await exportJWK(thief.publicKey) })],
    ['of a key it links to', () => signed({}, { jku: 'https://evil.example/jwks.json' })],
    ['of an unknown key', () => signed({}, { kid: 'unknown' })],
    ['of no key', () => signed({}, { kid: undefined })],
    ['of another type', () => signed({}, { typ: 'JWT' })],
    ['of no algorithm', () => `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.`],
    ['of NoNe', () => `${encode({ alg: 'NoNe', typ: 'at+jwt', kid })}.${payload}.`],
    [
      'signed by HMAC with the public key as JWK',
      () => hmac('HS256', bytesOf(JSON.stringify(ours))),
    ],
    [
      'signed by HMAC with the public key as PEM',
      async () => hmac('HS256', bytesOf(await pemOf(ours))),
    ],
    ['signed by HMAC with its x', () => hmac('HS256', Buffer.from(String(ours.x), 'base64url'))],
    ['with other claims', () => tampered({ scope: 'claudeai admin' })],
    ['with a longer life', () => tampered({ exp: Number(claims.exp) + 3600 })],
    ['with another subject', () => tampered({ sub: 'user_other' })],
    ['with a signature of zeros', () => `${header}.${payload}.${'A'.repeat(86)}`],
    ['without a signature', () => `${header}.${payload}.`],
    ['without its last letter', () => token.slice(0, -1)],
    ['twice', () => `${token}.${token}`],
    ['that is a refresh token', () => refreshToken],
    ['that is an authorization code', () => connection.code],
  ])(verifies(['R1', 'R2', 'R4', 'A46'], 'a token %s is not accepted'), async (_title, forge) => {
    const { status, headers } = await call(await forge())
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test(verifies(['R1', 'R4'], 'after all of it, the real one is'), async () => {
    expect((await call(token)).status).toBe(200)
  })
})
