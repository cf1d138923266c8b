import {
  createRemoteJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from 'jose'
import { describe, expect, test } from 'vitest'
import { postMcp, toolCall } from '../support/mcp/mcp-message'
import { read } from '../support/oauth/oauth'
import { connect } from '../support/oauth/oauth-tokens'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const jwksUrl = new URL(`${origin}/.well-known/jwks.json`)
const connection = await connect(origin, { fields: { state: 's' } })
const { access_token: token } = connection.tokens
const call = (bearer: string) => postMcp(`${origin}/mcp`, bearer, toolCall('whoami'))

test(
  verifies(['A46', 'A2', 'A42'], 'an access token is verified with the published keys alone'),
  async () => {
    const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(jwksUrl), {
      issuer: origin,
      audience: `${origin}/mcp`,
      typ: 'at+jwt',
      algorithms: ['ES256'],
    })
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) })
    expect(payload).toMatchObject({
      client_id: connection.client.client_id,
      scope: 'claudeai',
      sub: expect.stringMatching(/\S/),
      jti: expect.stringMatching(/\S/),
    })
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600)
    expect(Math.abs(Number(payload.iat) - Date.now() / 1000)).toBeLessThan(120)
  },
)

test(
  verifies(['A2', 'A7'], 'the issuer is byte-equal in document, redirect and token'),
  async () => {
    const { body } = await read(await fetch(`${origin}/.well-known/oauth-authorization-server`))
    const { payload } = await jwtVerify(token, createRemoteJWKSet(jwksUrl))
    expect(connection.callback.searchParams.get('iss')).toBe(body.issuer)
    expect(payload.iss).toBe(body.issuer)
  },
)

test(verifies(['A46', 'A45'], 'the key set is public and holds no private half'), async () => {
  const { status, headers, body } = await read(await fetch(jwksUrl))
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('application/json')
  const keys = body.keys as Record<string, unknown>[]
  expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(token).kid)
  for (const key of keys) {
    expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256' })
    expect(key).not.toHaveProperty('d')
  }
})

describe('a forged token', () => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const kid = decodeProtectedHeader(token).kid ?? ''
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const wider = encode({ ...claims, scope: 'claudeai admin' })

  test.each([
    ['other claims under the same signature', () => `${header}.${wider}.${signature}`],
    ['no signature', () => `${header}.${payload}.`],
    ['alg none', () => `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.`],
    [
      'an HMAC',
      async () => {
        const key = new TextEncoder().encode(await (await fetch(jwksUrl)).text())
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
          .sign(key)
      },
    ],
    [
      'a key of its own under our id',
      async () => {
        const { privateKey } = await generateKeyPair('ES256')
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
          .sign(privateKey)
      },
    ],
    [
      'a key of its own in the header',
      async () => {
        const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
        const jwk = await exportJWK(publicKey)
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', jwk })
          .sign(privateKey)
      },
    ],
    ['the refresh token', () => connection.tokens.refresh_token],
    ['three dots', () => '...'],
  ])(verifies(['R1', 'R2', 'A46'], 'with %s is refused'), async (_title, forge) => {
    const { status, headers } = await call(await forge())
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"')
    expect((await call(token)).status).toBe(200)
  })
})
