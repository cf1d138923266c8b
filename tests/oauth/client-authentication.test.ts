import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  authenticateClient,
  type ClientCredentials,
  formDecoded,
  readClientCredentials,
  type StoredClientAuthentication,
} from '@/lib/oauth/client-authentication'
import { readParameters } from '@/lib/oauth/parameters'
import { hashSecret } from '@/lib/oauth/secret'
import { refusalOf } from '../support/oauth/refusal'
import { anyText, textOf } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const basic = (id: string, secret: string) => `Basic ${base64(`${id}:${secret}`)}`

const id = 'client_AAAAAAAAAAAAAAAAAAAAAA'
/** A secret that raw and form-encoded Basic write differently. */
const secret = 'p+s%25 e/c:r=t'

describe('readClientCredentials', () => {
  test.each<[string, string | null, string, ClientCredentials]>([
    ['an id alone', null, `client_id=${id}`, { clientId: id, secret: null, via: 'none' }],
    [
      'an empty secret',
      null,
      `client_id=${id}&client_secret=`,
      { clientId: id, secret: null, via: 'none' },
    ],
    [
      'id and secret in the body',
      null,
      `client_id=${id}&client_secret=abc`,
      { clientId: id, secret: 'abc', via: 'client_secret_post' },
    ],
    ['Basic', basic(id, 'abc'), '', { clientId: id, secret: 'abc', via: 'client_secret_basic' }],
    [
      'Basic in any case, after several spaces',
      `bASIC  ${base64(`${id}:abc`)}`,
      '',
      { clientId: id, secret: 'abc', via: 'client_secret_basic' },
    ],
    [
      'Basic without padding',
      basic(id, 'ab').replaceAll('=', ''),
      '',
      { clientId: id, secret: 'ab', via: 'client_secret_basic' },
    ],
    [
      'Basic beside the same id in the body',
      basic(id, 'abc'),
      `client_id=${id}`,
      { clientId: id, secret: 'abc', via: 'client_secret_basic' },
    ],
    [
      'a form-encoded id',
      basic('client%5FA', 'abc'),
      'client_id=client_A',
      { clientId: 'client_A', secret: 'abc', via: 'client_secret_basic' },
    ],
    [
      'a secret with colons',
      basic(id, 'a:b:c'),
      '',
      { clientId: id, secret: 'a:b:c', via: 'client_secret_basic' },
    ],
    [
      'Basic without a secret',
      basic(id, ''),
      '',
      { clientId: id, secret: '', via: 'client_secret_basic' },
    ],
  ])(verifies(['A35'], 'reads %s'), (_, authorization, body, credentials) => {
    const parameters = readParameters(new URLSearchParams(body))
    expect(readClientCredentials(authorization, parameters)).toEqual(credentials)
  })

  test.each<[string, string | null, string, string, number]>([
    ['nothing', null, '', 'invalid_client', 401],
    ['a secret alone', null, 'client_secret=abc', 'invalid_client', 401],
    ['an empty id', null, 'client_id=', 'invalid_client', 401],
    ['Basic and a secret', basic(id, 'a'), 'client_secret=a', 'invalid_request', 400],
    ['Basic and another id', basic(id, 'a'), 'client_id=other', 'invalid_request', 400],
    ['a bearer token', 'Bearer abc', `client_id=${id}`, 'invalid_client', 401],
    ['an empty header', '', `client_id=${id}`, 'invalid_client', 401],
    ['Basic without value', 'Basic', `client_id=${id}`, 'invalid_client', 401],
    ['Basic that is not base64', 'Basic !!!', `client_id=${id}`, 'invalid_client', 401],
    ['Basic without colon', `Basic ${base64(id)}`, '', 'invalid_client', 401],
    ['Basic with something after it', `${basic(id, 'a')} x`, '', 'invalid_client', 401],
    ['Basic without id', basic('', 'a'), '', 'invalid_client', 401],
    ['Basic with NUL in the id', basic('a\u0000b', 'a'), '', 'invalid_client', 401],
    ['Basic with an encoded NUL in the id', basic('a%00b', 'a'), '', 'invalid_client', 401],
  ])(verifies(['A35', 'A30'], 'refuses %s'), (_, authorization, body, code, status) => {
    const parameters = readParameters(new URLSearchParams(body))
    const refusal = refusalOf(() => readClientCredentials(authorization, parameters))
    expect(refusal).toMatchObject({ code, status })
  })

  test(verifies(['A35'], 'any header and body is read or refused'), () => {
    const authorization = fc.oneof(
      fc.constant(null),
      anyText,
      textOf('Basic', 'basic', 'Bearer', ' ', 'Y2xpZW50', 'OnNlY3JldA==', '='),
      fc.tuple(anyText, anyText).map(([name, password]) => basic(name, password)),
    )
    const body = fc.record({ client_id: anyText, client_secret: anyText }, { requiredKeys: [] })
    fc.assert(
      fc.property(authorization, body, (header, parameters) => {
        const refusal = refusalOf(() => {
          const { clientId, via } = readClientCredentials(header, parameters)
          expect(clientId).not.toBe('')
          expect(via === 'client_secret_basic').toBe(header !== null)
          if (header === null) expect(clientId).toBe(parameters.client_id)
          else expect(clientId).toMatch(/^[ -~]+$/)
        })
        if (refusal) expect(refusal.code).toMatch(/^invalid_(client|request)$/)
      }),
      { numRuns: 300 },
    )
  })
})

describe('authenticateClient', () => {
  const confidential: StoredClientAuthentication = {
    id,
    authMethod: 'client_secret_post',
    secretHash: hashSecret(secret),
    disabledAt: null,
  }
  const publicClient: StoredClientAuthentication = {
    ...confidential,
    authMethod: 'none',
    secretHash: null,
  }
  const authenticate = (
    client: StoredClientAuthentication | null,
    credentials: ClientCredentials,
  ) => authenticateClient(client, credentials)
  const formEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1)

  test.each<[string, StoredClientAuthentication, ClientCredentials['via'], string | null]>([
    ['a public client without secret', publicClient, 'none', null],
    ['a public client that sends one', publicClient, 'client_secret_post', 'abc'],
    ['a secret in the body', confidential, 'client_secret_post', secret],
    ['a secret in raw Basic', confidential, 'client_secret_basic', secret],
    ['a secret in form-encoded Basic', confidential, 'client_secret_basic', formEncoded(secret)],
    [
      'a secret in Basic, percent-encoded',
      confidential,
      'client_secret_basic',
      encodeURIComponent(secret),
    ],
    [
      'Basic although another method was registered',
      { ...confidential, authMethod: 'client_secret_basic' },
      'client_secret_post',
      secret,
    ],
  ])(verifies(['A35', 'A5'], 'accepts %s'), (_, client, via, sent) => {
    expect(authenticate(client, { clientId: id, secret: sent, via })).toBe(client)
  })

  test.each<
    [string, StoredClientAuthentication | null, ClientCredentials['via'], string | null, string]
  >([
    ['an unknown client', null, 'none', null, 'client-unknown'],
    [
      'a disabled client',
      { ...publicClient, disabledAt: new Date(0) },
      'none',
      null,
      'client-disabled',
    ],
    [
      'a disabled client with its secret',
      { ...confidential, disabledAt: new Date(0) },
      'client_secret_post',
      secret,
      'client-disabled',
    ],
    ['a missing secret', confidential, 'none', null, 'client-secret-missing'],
    ['an empty secret', confidential, 'client_secret_basic', '', 'client-secret-missing'],
    ['a wrong secret', confidential, 'client_secret_post', 'abc', 'client-secret-wrong'],
    ['a wrong secret in Basic', confidential, 'client_secret_basic', 'abc', 'client-secret-wrong'],
    [
      'a secret in the body that is encoded twice',
      confidential,
      'client_secret_post',
      formEncoded(secret),
      'client-secret-wrong',
    ],
    [
      'the stored hash itself',
      confidential,
      'client_secret_post',
      hashSecret(secret),
      'client-secret-wrong',
    ],
    [
      'a client that lost its secret',
      { ...confidential, secretHash: null },
      'client_secret_post',
      secret,
      'client-without-secret',
    ],
  ])(verifies(['A30', 'A35'], 'refuses %s'), (_, client, via, sent, kind) => {
    expect(
      refusalOf(() => authenticate(client, { clientId: id, secret: sent, via })),
    ).toMatchObject({
      code: 'invalid_client',
      status: 401,
      description: 'client authentication failed',
      reason: { kind },
    })
  })

  test(verifies(['A35'], 'any secret is accepted raw and form-encoded, and no other'), () => {
    const generated = fc.string({ minLength: 1 })
    fc.assert(
      fc.property(generated, generated, (own, other) => {
        const client = { ...confidential, secretHash: hashSecret(own) }
        for (const sent of [own, formEncoded(own)]) {
          const credentials = readClientCredentials(basic(id, sent), {})
          expect(authenticate(client, credentials)).toBe(client)
        }
        if (own === other || own === formDecoded(other)) return
        const credentials = readClientCredentials(basic(id, other), {})
        expect(refusalOf(() => authenticate(client, credentials))?.code).toBe('invalid_client')
      }),
    )
  })
})

test.each([
  ['a+b', 'a b'],
  ['a%20b', 'a b'],
  ['a%2Bb', 'a+b'],
  ['%E2%82%AC', '€'],
  ['100%', '100%'],
  ['%zz+%20', '%zz+%20'],
  ['%ff', '%ff'],
  ['', ''],
])(verifies(['A35'], '%j form-decoded is %j'), (text, decoded) => {
  expect(formDecoded(text)).toBe(decoded)
})
