import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clientScripts, hostedClaude } from '../support/clients/claude-clients'
import { postJson, read, redirectUri, register } from '../support/oauth/oauth'
import { operatorOf } from '../support/people/operator'
import { untilLogged } from '../support/people/operator-log'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const endpoint = `${origin}/register`

describe('every client that is known to come', () => {
  test.each(clientScripts.map((script) => [script.name, script] as const))(
    verifies(['A47', 'A48', 'A51', 'F1'], '%s is registered with what it sent'),
    async (_name, script) => {
      // the same body, sent by another test within ten minutes, would be answered with its client
      const registration: Readonly<Record<string, unknown>> = {
        ...script.registration,
        software_version: randomUUID(),
      }
      const before = Math.floor(Date.now() / 1000)
      const { status, headers, body } = await postJson(endpoint, registration)
      expect(status).toBe(201)
      expect(headers.get('content-type')).toBe('application/json')
      expect(headers.get('cache-control')).toBe('no-store')
      const kept = ['client_name', 'redirect_uris', 'token_endpoint_auth_method', 'client_uri']
      for (const member of [...kept, 'software_id', 'software_version', 'application_type']) {
        expect([member, body[member]]).toEqual([member, registration[member]])
      }
      expect(body.grant_types).toEqual(['authorization_code', 'refresh_token'])
      expect(body.response_types).toEqual(['code'])
      expect(body.client_id).not.toMatch(/^https?:/)
      expect(body.client_id_issued_at).toBeGreaterThanOrEqual(before)
      expect(Object.values(body).filter((value) => value === null || value === '')).toEqual([])
    },
  )

  test.each(clientScripts.map((script) => [script.name, script] as const))(
    verifies(['A47'], '%s gets a secret only if it can use one'),
    async (_name, { registration }) => {
      const { body } = await postJson(endpoint, registration)
      const hasSecret = registration.token_endpoint_auth_method !== 'none'
      expect('client_secret' in body).toBe(hasSecret)
      expect(body.client_secret_expires_at).toBe(hasSecret ? 0 : undefined)
      if (hasSecret) expect(String(body.client_secret).length).toBeGreaterThanOrEqual(43)
    },
  )

  test('one with a name of its own is told by its software id', async () => {
    const software_id = clientScripts.find(({ name }) => name === 'mcp-remote')?.registration
      .software_id
    const client = await register(origin, { client_name: `Own ${randomUUID()}`, software_id })
    const rows = await untilLogged(await operatorOf(origin), { client: client.client_id }, (all) =>
      all.some(({ name }) => name === 'client.registered'),
    )
    expect(rows.map(({ detail }) => detail.softwareId)).toEqual([software_id])
  })

  const registerFrom = async (address: string, metadata: object) =>
    read(
      await fetch(endpoint, {
        method: 'POST',
        body: JSON.stringify(metadata),
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      }),
    )

  test(
    verifies(['A47', 'A52'], 'Claude, which registers twice, gets one client and one secret'),
    async () => {
      const metadata = { ...hostedClaude.registration, software_version: randomUUID() }
      const answers = await Promise.all(
        hostedClaude.addresses.map((address) => registerFrom(address, metadata)),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
      const [first] = answers
      for (const { body } of answers) expect(body).toEqual(first?.body)
      expect(first?.body.client_secret).toMatch(/^psec_/)
    },
  )

  test(
    verifies(['A52', 'A35'], 'a stranger who sends the same is not given the secret'),
    async () => {
      const metadata = { ...hostedClaude.registration, software_version: randomUUID() }
      const claude = await registerFrom('160.79.106.35', metadata)
      const stranger = await registerFrom('203.0.113.7', metadata)
      const other = await registerFrom('160.79.106.35', { ...metadata, client_name: 'Clause' })
      for (const { status, body } of [stranger, other]) {
        expect(status).toBe(201)
        expect(body.client_id).not.toBe(claude.body.client_id)
        expect(body.client_secret).not.toBe(claude.body.client_secret)
      }
    },
  )
})

test(
  verifies(['A48'], 'a client that says nothing gets the defaults of the specification'),
  async () => {
    const { status, body } = await postJson(endpoint, { redirect_uris: [redirectUri] })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      response_types: ['code'],
      redirect_uris: [redirectUri],
      client_secret: expect.any(String),
    })
    expect(body.grant_types).toContain('authorization_code')
    expect(body.client_name).toMatch(/\S/)
  },
)

test(verifies(['A48'], 'metadata that is unknown or null is ignored'), async () => {
  const { status, body } = await postJson(endpoint, {
    redirect_uris: [redirectUri],
    client_name: null,
    grant_types: null,
    scope: null,
    logo_uri: 'https://client.example/logo.png',
    contacts: ['someone@client.example'],
    jwks: { keys: [] },
    'x-vendor': { deep: [1, { two: null }] },
  })
  expect(status).toBe(201)
  expect(Object.keys(body)).not.toContain('x-vendor')
  expect(Object.values(body)).not.toContain(null)
})

describe('redirect URIs', () => {
  test.each([
    [verifies(['A50'], 'https and loopback together'), [redirectUri, 'http://127.0.0.1:8080/cb']],
    [verifies(['A14'], 'loopback by every name'), ['http://localhost/cb', 'http://[::1]:9/cb']],
    [verifies(['A14'], "an app's own scheme"), ['com.example.app:/callback']],
  ])('%s can be registered, whatever the application type', async (_title, uris) => {
    for (const type of ['web', 'native', undefined]) {
      const metadata = { redirect_uris: uris, application_type: type }
      expect((await postJson(endpoint, metadata)).body.redirect_uris).toEqual(uris)
    }
  })

  test(verifies(['A50'], 'one that cannot be used does not sink the others'), async () => {
    const uris = ['http://evil.example/cb', redirectUri, 'javascript:alert(1)']
    const { status, body } = await postJson(endpoint, { redirect_uris: uris })
    expect(status).toBe(201)
    expect(body.redirect_uris).toEqual([redirectUri])
  })

  test.each([
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['file:///etc/passwd'],
    ['http://client.example/callback'],
    ['http://127.0.0.1.evil.example/cb'],
    ['http://localhost@evil.example/cb'],
    ['https://user:password@client.example/cb'],
    ['https://client.example/cb#fragment'],
    ['https://client.example/c b'],
    ['/callback'],
    ['//client.example/cb'],
    ['https:'],
    [''],
    [17],
    [null],
  ])(verifies(['A14', 'A49'], '%j cannot be registered'), async (uri) => {
    const { status, body, headers } = await postJson(endpoint, { redirect_uris: [uri] })
    expect([status, body.error]).toEqual([400, 'invalid_redirect_uri'])
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('what cannot be registered', () => {
  const uris = { redirect_uris: [redirectUri] }
  const many = Array.from({ length: 100 }, (_, index) => `${redirectUri}/${index}`)

  test.each([
    ['no redirect URI', {}, 'invalid_redirect_uri'],
    ['an empty list of them', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['a string for the list', { redirect_uris: redirectUri }, 'invalid_redirect_uri'],
    ['a hundred of them', { redirect_uris: many }, 'invalid_redirect_uri'],
    ['no JSON', '{', 'invalid_client_metadata'],
    ['nothing', '', 'invalid_client_metadata'],
    ['a list', [uris], 'invalid_client_metadata'],
    ['null', null, 'invalid_client_metadata'],
    ['a number', 17, 'invalid_client_metadata'],
    [
      'an authentication method that is not supported',
      { ...uris, token_endpoint_auth_method: 'private_key_jwt' },
      'invalid_client_metadata',
    ],
    ['no code', { ...uris, response_types: ['token'] }, 'invalid_client_metadata'],
    ['a name of the wrong type', { ...uris, client_name: { de: 'x' } }, 'invalid_client_metadata'],
    ['grant types of the wrong type', { ...uris, grant_types: 'code' }, 'invalid_client_metadata'],
  ])(verifies(['A49'], '%s is refused'), async (_title, body, error) => {
    const answer = await postJson(endpoint, body)
    expect([answer.status, answer.body.error]).toEqual([400, error])
    expect(answer.body.error_description).toMatch(/\S/)
  })

  test.each(['GET', 'PUT', 'PATCH', 'DELETE'])('%s is not a method of it', async (method) => {
    expect((await fetch(endpoint, { method, redirect: 'manual' })).status).toBe(405)
  })
})

test('a registered name is shown as text and cannot break a page', async () => {
  const name = '<img src=x onerror=alert(1)>'
  const { client_name: kept } = await register(origin, { client_name: name })
  expect(kept).toBe(name)
})
