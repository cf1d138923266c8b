import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertionType } from '@/lib/oauth/client-assertion'
import {
  type DocumentServer,
  documentClient,
  serveDocuments,
} from '../support/oauth/document-server'
import {
  type Fields,
  obtainCode,
  postForm,
  type RegisteredClient,
  redirectUri,
  register,
} from '../support/oauth/oauth'
import { exchangeCode, tokensOf } from '../support/oauth/oauth-tokens'
import { startTrusting } from '../support/server/trusting-portico'
import { verifies } from '../support/sources/verifies'

let documents: DocumentServer
let origin: string

beforeAll(async () => {
  documents = await serveDocuments()
  origin = (await startTrusting(documents)).origin
})

afterAll(() => documents.close())

const method = { token_endpoint_auth_method: 'private_key_jwt' }

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } }
}

type Key = Awaited<ReturnType<typeof newKey>>

/** What a client sends to authenticate, once. */
async function assertion(id: string, { kid, privateKey }: Key, aud = origin): Promise<Fields> {
  const jwt = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(id)
    .setSubject(id)
    .setAudience(aud)
    .setIssuedAt()
    .setExpirationTime('2m')
    .sign(privateKey)
  return { client_id: undefined, client_assertion_type: assertionType, client_assertion: jwt }
}

describe.each(['jwks', 'jwks_uri'])('a client that signs, with %s', (where) => {
  async function signing(name: string): Promise<{ client: RegisteredClient; key: Key }> {
    const key = await newKey(name)
    documents.serve(`/${name}-keys`, { keys: [key.jwk] })
    const keys =
      where === 'jwks'
        ? { jwks: { keys: [key.jwk] } }
        : { jwks_uri: `${documents.origin}/${name}-keys` }
    return { client: documentClient(documents, `/${name}`, { ...method, ...keys }), key }
  }

  test(
    verifies(['A37', 'A58', 'A35'], 'gets tokens with an assertion each, and with none none'),
    async () => {
      const { client, key } = await signing(`${where}-one`)
      const code = await obtainCode(origin, { client })
      const bare = await exchangeCode(origin, code)
      expect([bare.status, bare.body.error]).toEqual([401, 'invalid_client'])
      const secret = await exchangeCode(origin, code, { client_secret: 'psec_x' })
      expect([secret.status, secret.body.error]).toEqual([401, 'invalid_client'])
      const foreign = await assertion(client.client_id, await newKey(key.kid))
      expect((await exchangeCode(origin, code, foreign)).status).toBe(401)
      const elsewhere = await assertion(client.client_id, key, 'https://other.example')
      expect((await exchangeCode(origin, code, elsewhere)).status).toBe(401)

      const first = await assertion(client.client_id, key)
      const tokens = tokensOf(await exchangeCode(origin, code, first))
      const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
      const replayed = await postForm(`${origin}/token`, { ...fields, ...first })
      expect([replayed.status, replayed.body.error]).toEqual([401, 'invalid_client'])
      const second = await assertion(client.client_id, key, `${origin}/token`)
      expect((await postForm(`${origin}/token`, { ...fields, ...second })).status).toBe(200)
    },
  )

  test(verifies(['A37'], 'uses one assertion once, however many requests carry it'), async () => {
    const { client, key } = await signing(`${where}-race`)
    await obtainCode(origin, { client })
    const fields = { token: 'x', ...(await assertion(client.client_id, key)) }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => postForm(`${origin}/revoke`, fields)),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, ...Array(7).fill(401)])
  })

  test(verifies(['A35'], 'may not send a secret or Basic beside it'), async () => {
    const { client, key } = await signing(`${where}-two`)
    await obtainCode(origin, { client })
    const fields = { token: 'x', ...(await assertion(client.client_id, key)) }
    const both = await postForm(`${origin}/revoke`, { ...fields, client_secret: 's' })
    expect([both.status, both.body.error]).toEqual([400, 'invalid_request'])
    const authorization = `Basic ${btoa('a:b')}`
    const header = await postForm(`${origin}/revoke`, fields, { authorization })
    expect([header.status, header.body.error]).toEqual([400, 'invalid_request'])
  })
})

test(
  verifies(['A37', 'A47'], 'a client that registers with its keys authenticates by them'),
  async () => {
    const key = await newKey('dynamic')
    const client = await register(origin, { ...method, jwks: { keys: [key.jwk] } })
    expect(client).toMatchObject({ ...method, jwks: { keys: [key.jwk] } })
    expect(client.client_secret).toBeUndefined()
    const code = await obtainCode(origin, { client })
    const fields = await assertion(client.client_id, key)
    expect((await exchangeCode(origin, code, fields)).status).toBe(200)
  },
)

test(
  verifies(['A59', 'A37'], 'keys are not fetched from an address that is not public'),
  async () => {
    const key = await newKey('inside')
    const jwks_uri = 'https://127.0.0.1:9/keys'
    const client = await register(origin, { ...method, jwks_uri, redirect_uris: [redirectUri] })
    const fields = { token: 'x', ...(await assertion(client.client_id, key)) }
    const { status, body, text } = await postForm(`${origin}/revoke`, fields)
    expect([status, body.error]).toEqual([401, 'invalid_client'])
    expect(text).not.toContain('127.0.0.1')
  },
)
