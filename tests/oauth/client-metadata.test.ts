import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capabilities } from '@/lib/oauth/capabilities'
import { readClientMetadata, registeredMetadata } from '@/lib/oauth/client-metadata'
import { redirectUriProblem } from '@/lib/oauth/redirect-uri'
import { refusalOf } from '../support/oauth/refusal'
import { registrations } from '../support/oauth/registrations'
import { anyText, jsonWith, textOf } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const uri = 'https://app.example.com/callback'
const read = (members: Record<string, unknown>) =>
  readClientMetadata({ redirect_uris: [uri], ...members })

describe('bodies that clients send', () => {
  test.each(Object.entries(registrations))(verifies(['A50', 'A14'], '%s registers'), (_, body) => {
    const metadata = readClientMetadata(body)
    expect(metadata).toMatchObject({
      name: body.client_name,
      redirectUris: body.redirect_uris,
      grantTypes: ['authorization_code', 'refresh_token'],
      ignored: [],
    })
    const asked = 'token_endpoint_auth_method' in body ? body.token_endpoint_auth_method : null
    expect(metadata.authMethod).toBe(asked ?? 'client_secret_basic')
  })

  test.each(Object.entries(registrations))(
    verifies(['A47', 'F1'], '%s is told what was registered, and no null'),
    (_, body) => {
      const answer = registeredMetadata(readClientMetadata(body), 'claudeai offline_access')
      const { client_name: name, redirect_uris: uris } = body
      expect(answer).toMatchObject({ client_name: name, redirect_uris: uris })
      expect(answer.response_types).toEqual(['code'])
      expect(answer.scope).toBe('claudeai offline_access')
      for (const [member, value] of Object.entries(answer)) {
        expect(['', null, undefined], member).not.toContain(value)
      }
      for (const member of ['client_uri', 'software_id', 'software_version', 'application_type']) {
        expect(Object.entries(answer).find(([name]) => name === member)?.[1]).toBe(
          Object.entries(body).find(([name]) => name === member)?.[1],
        )
      }
    },
  )
})

describe('defaults and what is ignored', () => {
  test(verifies(['A48'], 'redirect URIs alone are enough'), () => {
    expect(readClientMetadata({ redirect_uris: [uri] })).toEqual({
      name: 'Unnamed client',
      redirectUris: [uri],
      authMethod: 'client_secret_basic',
      jwks: null,
      jwksUri: null,
      grantTypes: ['authorization_code', 'refresh_token'],
      echoed: {},
      ignored: [],
    })
  })

  test.each<[Record<string, unknown>]>([
    [{ logo_uri: 'https://app.example.com/logo.png', tos_uri: 1, contacts: {} }],
    [{ jwks_uri: 'https://app.example.com/jwks' }],
    [{ jwks: { keys: [] } }],
    [{ scope: '' }],
    [{ scope: 'openid' }],
    [{ scope: 7 }],
    [{ client_id: 'mine', client_secret: 'mine' }],
    [{ client_name: null, client_uri: null, grant_types: null, response_types: null }],
    [{ client_name: '', client_uri: '', token_endpoint_auth_method: '' }],
    [{ grant_types: [], response_types: [] }],
    [{ grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'implicit', 'password'] }],
    [{ grant_types: ['refresh_token', 'refresh_token'] }],
    [{ response_types: ['code', 'token'] }],
  ])(verifies(['A48'], '%j changes nothing'), (members) => {
    expect(read(members)).toEqual(readClientMetadata({ redirect_uris: [uri] }))
  })

  test.each(['native', 'web', 'service'])(
    verifies(['A50'], 'application_type %s goes with https, loopback and private-use URIs'),
    (type) => {
      const uris = [uri, 'http://localhost:1/cb', 'cursor://anysphere.cursor-mcp/oauth/callback']
      const metadata = read({ redirect_uris: uris, application_type: type })
      expect(metadata.redirectUris).toEqual(uris)
      expect(metadata.echoed).toEqual({ application_type: type })
    },
  )

  test(verifies(['A14'], 'an odd redirect URI is left out, and the others stay'), () => {
    const metadata = read({
      redirect_uris: [uri, 'http://app.example.com/', 7, uri, 'javascript:alert(1)', null],
    })
    expect(metadata.redirectUris).toEqual([uri])
    expect(metadata.ignored).toEqual([
      'http://app.example.com/ is http and not loopback',
      'number is not a string',
      'javascript:alert(1) has the scheme "javascript:"',
      'object is not a string',
    ])
  })

  test.each([
    ['  Claude  ', 'Claude'],
    ['Cla\u0000u\u001bd\ne\u007f\u009b', 'Claude'],
    ['a'.repeat(200), 'a'.repeat(100)],
    [`${'a'.repeat(99)}😀b`, `${'a'.repeat(99)}😀`],
    ['\ud800', '\ufffd'],
    ['\n \t', 'Unnamed client'],
    ['<b>Claude</b>', '<b>Claude</b>'],
    ['クロード', 'クロード'],
    // what is seen stays as it is, what is not does not
    ['Claude Code (my "\\server")', 'Claude Code (my "\\server")'],
    ['Cla\u200bu\u2060d\ufeffe', 'Claude'],
    ['Cla\u034fu\u115fd\u3164e\uffa0\u180b\ufe0f\u{e0041}\u{e0101}', 'Claude'],
    ['\u202eedualC\u2066', 'edualC'],
    ['Clau\ue000de\uf8ff', 'Claude'],
    ['Claude\u00a0\u2003\u3000  Code\u2028\u2029', 'Claude Code'],
    ['\u2800\u2800Claude\u2800', 'Claude'],
    [`C${'\u0336'.repeat(50)}laude`, `C${'\u0336'.repeat(3)}laude`],
    ['\u0301\u0302Claude', 'Claude'],
    [`Claude \u0336\u0336 ${'\u0336'.repeat(9)}Code`, 'Claude Code'],
    ['Cafe\u0301', 'Café'],
    ['Tiếng Việt', 'Tiếng Việt'],
    ['שָׁלוֹם', 'שָׁלוֹם'.normalize('NFC')],
    ['ภาษาไทยที่', 'ภาษาไทยที่'],
    [`${'\u200b'.repeat(5000)}Claude`, 'Claude'],
    ['\u200b\u3164\u2800\u00a0', 'Unnamed client'],
  ])('a client_name of %j is kept as %j', (sent, name) => {
    expect(read({ client_name: sent }).name).toBe(name)
  })
})

test.each([
  ['https://app.example.com', true],
  ['http://localhost:3000/about?x=1#top', true],
  ['https://xn--80ak6aa92e.com/', true],
  ['https://\u0430pple.com/', false],
  ['https://claude.ai@evil.example/', false],
  ['https://claude.ai\\@evil.example/', false],
  ['https://app.example.com/"onclick', false],
  ['javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['search-ms:query=x', false],
  ['app.example.com', false],
  ['https://', false],
])('a client_uri of %j is kept: %s', (sent, isKept) => {
  expect(read({ client_uri: sent }).echoed).toEqual(isKept ? { client_uri: sent } : {})
})

describe('refusals', () => {
  test.each<[unknown, string, string]>([
    [undefined, 'invalid_redirect_uri', "'redirect_uris' must be a non-empty array"],
    [null, 'invalid_redirect_uri', "'redirect_uris' must be a non-empty array"],
    [[], 'invalid_redirect_uri', "'redirect_uris' must be a non-empty array"],
    [uri, 'invalid_redirect_uri', "'redirect_uris' must be a non-empty array"],
    [{ 0: uri }, 'invalid_redirect_uri', "'redirect_uris' must be a non-empty array"],
    [[''], 'invalid_redirect_uri', 'no usable redirect URI:  contains a character that no URI has'],
    [[7], 'invalid_redirect_uri', 'no usable redirect URI: number is not a string'],
    [[[uri]], 'invalid_redirect_uri', 'no usable redirect URI: object is not a string'],
    [
      ['http://app.example.com/'],
      'invalid_redirect_uri',
      'no usable redirect URI: http://app.example.com/ is http and not loopback',
    ],
    [
      ['javascript:alert("x")'],
      'invalid_redirect_uri',
      "no usable redirect URI: javascript:alert('x') contains a character that no URI has",
    ],
    [
      ['javascript:alert(1)'],
      'invalid_redirect_uri',
      "no usable redirect URI: javascript:alert(1) has the scheme 'javascript:'",
    ],
    [
      Array.from({ length: 33 }, (_, at) => `${uri}/${at}`),
      'invalid_redirect_uri',
      "'redirect_uris' has more than 32 members",
    ],
  ])(verifies(['A49', 'A14'], 'redirect_uris of %j: %s'), (uris, code, description) => {
    const body = { redirect_uris: uris }
    expect(refusalOf(() => readClientMetadata(body))).toMatchObject({
      code,
      description,
      status: 400,
    })
  })

  test.each([[null], [undefined], [7], ['{}'], [true], [[]], [[{ redirect_uris: [uri] }]]])(
    verifies(['A49'], 'a body of %j is invalid_client_metadata'),
    (body) => {
      expect(refusalOf(() => readClientMetadata(body))).toMatchObject({
        code: 'invalid_client_metadata',
        description: 'the body must be a JSON object',
      })
    },
  )

  test.each<[Record<string, unknown>, string]>([
    [{ client_name: 7 }, "'client_name' must be a string"],
    [{ client_name: ['Claude'] }, "'client_name' must be a string"],
    [{ client_uri: {} }, "'client_uri' must be a string"],
    [{ software_id: 1 }, "'software_id' must be a string"],
    [{ application_type: false }, "'application_type' must be a string"],
    [{ grant_types: 'authorization_code' }, "'grant_types' must be an array of strings"],
    [{ grant_types: [7] }, "'grant_types' must be an array of strings"],
    [{ response_types: {} }, "'response_types' must be an array of strings"],
    [{ response_types: ['token'] }, "'response_types' must contain 'code'"],
    [{ response_types: ['code token'] }, "'response_types' must contain 'code'"],
    [{ token_endpoint_auth_method: 7 }, "'token_endpoint_auth_method' must be a string"],
    [
      { token_endpoint_auth_method: 'client_secret_jwt' },
      "'token_endpoint_auth_method' must be one of none, client_secret_post, client_secret_basic, private_key_jwt",
    ],
    [
      { token_endpoint_auth_method: 'private_key_jwt' },
      "'private_key_jwt' needs 'jwks' or 'jwks_uri'",
    ],
    [
      { jwks: { keys: [] }, jwks_uri: 'https://app.example.com/jwks' },
      "'jwks' and 'jwks_uri' exclude each other",
    ],
    [{ jwks: 'keys' }, "'jwks' must be a key set"],
    [{ jwks: [] }, "'jwks' must be a key set"],
    [{ jwks: { keys: [{ kty: 'EC', d: 'x' }] } }, "'jwks' has a private key"],
    [{ jwks: { keys: [null, { kty: 'oct', k: 'x' }] } }, "'jwks' has a private key"],
    [{ jwks_uri: 'http://app.example.com/jwks' }, "'jwks_uri' must be an https URL"],
    [{ jwks_uri: 'https://' }, "'jwks_uri' must be an https URL"],
    [{ jwks_uri: 'https://user:pass@app.example.com/' }, "'jwks_uri' must be an https URL"],
    [{ jwks_uri: 'https://app.example.com\\\\@a.example/' }, "'jwks_uri' must be an https URL"],
    [{ jwks_uri: 7 }, "'jwks_uri' must be a string"],
  ])(verifies(['A49'], '%j is invalid_client_metadata: %s'), (members, description) => {
    expect(refusalOf(() => read(members))).toMatchObject({
      code: 'invalid_client_metadata',
      description,
    })
  })

  test.each<[Record<string, unknown>]>([
    [{ jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] } }],
    [{ jwks_uri: 'https://app.example.com/jwks' }],
  ])(verifies(['A37', 'A48'], 'a client that signs is registered with its keys: %j'), (keys) => {
    const asked = { token_endpoint_auth_method: 'private_key_jwt', ...keys }
    expect(registeredMetadata(read(asked), 'claudeai')).toMatchObject(asked)
  })

  test('32 redirect URIs are not too many', () => {
    const uris = Array.from({ length: 32 }, (_, at) => `${uri}/${at}`)
    expect(read({ redirect_uris: uris }).redirectUris).toEqual(uris)
  })
})

test(
  verifies(['A49', 'A48', 'A47'], 'any JSON is read or refused in the words of RFC 7591'),
  () => {
    const uris = fc.oneof(
      fc.constantFrom(uri, 'http://localhost/cb', 'com.example.app:/cb', 'http://x.example/'),
      fc.webUrl(),
      textOf('https://', 'app.example.com', '/', '\u0000', '"'),
    )
    const members = jsonWith({
      redirect_uris: fc.array(uris, { maxLength: 4 }),
      client_name: anyText,
      client_uri: anyText,
      software_id: anyText,
      application_type: fc.constantFrom('web', 'native'),
      token_endpoint_auth_method: fc.constantFrom(...capabilities.authMethods, 'client_secret_jwt'),
      jwks_uri: fc.oneof(fc.webUrl({ validSchemes: ['https'] }), textOf('https://', 'a.b')),
      grant_types: fc.array(fc.constantFrom('authorization_code', 'implicit', 'refresh_token')),
      response_types: fc.array(fc.constantFrom('code', 'token')),
      scope: anyText,
    })
    const usable = members.map((sent) => Object.assign({}, sent, { redirect_uris: [uri] }))
    const body = fc.oneof(members, usable)
    let registered = 0
    fc.assert(
      fc.property(body, (sent) => {
        const refusal = refusalOf(() => {
          const metadata = readClientMetadata(sent)
          registered += 1
          expect(metadata.redirectUris.length).toBeGreaterThan(0)
          expect(metadata.redirectUris.map(redirectUriProblem)).not.toContainEqual(
            expect.anything(),
          )
          expect(capabilities.authMethods).toContain(metadata.authMethod)
          expect(metadata.grantTypes).toEqual(['authorization_code', 'refresh_token'])
          const answer = registeredMetadata(metadata, 'claudeai')
          expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
          for (const text of [metadata.name, ...Object.values(metadata.echoed)]) {
            expect(text).toMatch(/^\S(.*\S)?$/s)
            expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]|\p{M}{4}/u)
            expect(text.isWellFormed()).toBe(true)
          }
        })
        if (!refusal) return
        expect(refusal.code).toMatch(/^invalid_(redirect_uri|client_metadata)$/)
      }),
      { numRuns: 600 },
    )
    expect(registered).toBeGreaterThan(10)
  },
)
