import { describe, expect, test } from 'vitest'
import {
  authorizationUrl,
  type Fields,
  newPkce,
  redirectUri,
  register,
} from '../support/oauth/oauth'
import { operatorOf } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { sharedOrigin } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

const origin = sharedOrigin()
const { challenge } = newPkce()
const client = await register(origin)
const operator = await operatorOf(origin)
// an error goes to a client at once only where the person has used it (RFC 9700 §4.11.2)
await approve(operator, authorizationUrl(origin, client, challenge))

const visit = (fields: Fields) => operator.open(authorizationUrl(origin, client, challenge, fields))

/** The redirect back to the client, or why there is none. */
async function answerTo(fields: Fields): Promise<URL> {
  const response = await visit(fields)
  const location = response.headers.get('location') ?? ''
  expect(response.status, await response.text()).toBe(303)
  expect(location).toMatch(new RegExp(`^${redirectUri}\\?`))
  return new URL(location)
}

test(verifies(['A20', 'A69'], 'a stranger is sent to sign in, and then back'), async () => {
  const url = authorizationUrl(origin, client, challenge)
  const response = await fetch(url, { redirect: 'manual' })
  expect(response.status).toBe(303)
  const location = new URL(response.headers.get('location') ?? '', origin)
  expect(location.pathname).toBe('/sign-in')
  expect(location.searchParams.get('next')).toMatch(/^\/consent\/int_[\w-]{22}$/)
})

test(verifies(['A11'], 'the request may be posted as a form'), async () => {
  const { search } = authorizationUrl(origin, client, challenge)
  const body = new URLSearchParams(search)
  const response = await operator.open('/authorize', { method: 'POST', body })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
})

describe('parameters', () => {
  test(verifies(['A11', 'A26'], 'those that are unknown or of OpenID are ignored'), async () => {
    const response = await visit({
      prompt: 'none',
      nonce: 'n-0S6_WzA2Mj',
      login_hint: 'someone@client.example',
      max_age: '0',
      audience: 'https://elsewhere.example',
      'x-unknown': ['one', 'two'].join(' '),
      constructor: 'x',
      __proto__: 'x',
    })
    expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
  })

  test.each(['prompt', 'nonce', 'login_hint'])(
    verifies(['A26'], '%s changes nothing'),
    async (name) => {
      const response = await visit({ [name]: 'consent' })
      expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
    },
  )

  test(verifies(['A11', 'A21'], 'an empty state counts as absent'), async () => {
    const callback = await approve(
      operator,
      authorizationUrl(origin, client, challenge, { state: '' }),
    )
    expect(callback.searchParams.has('state')).toBe(false)
    expect(callback.searchParams.get('code')).toMatch(/^pac_/)
  })

  test.each(['client_id', 'redirect_uri', 'state', 'scope', 'code_challenge', 'response_type'])(
    verifies(['A11', 'A12'], 'a repeated %s is refused'),
    async (name) => {
      const once = Object.fromEntries(authorizationUrl(origin, client, challenge).searchParams)
      const response = await visit({ [name]: [String(once[name]), String(once[name])] })
      const location = response.headers.get('location')
      if (location) expect(new URL(location).searchParams.get('error')).toBe('invalid_request')
      else expect(response.status).toBe(400)
    },
  )
})

describe('response_type and PKCE', () => {
  test.each([
    ['token', 'unsupported_response_type'],
    ['id_token', 'unsupported_response_type'],
    ['code token', 'unsupported_response_type'],
    [undefined, 'invalid_request'],
    ['', 'invalid_request'],
  ])(
    verifies(['A16', 'A22', 'A44'], 'response_type %j is %s, by redirect'),
    async (type, error) => {
      const { searchParams } = await answerTo({ response_type: type, state: 'state-1' })
      expect(searchParams.get('error')).toBe(error)
      expect(searchParams.get('state')).toBe('state-1')
      expect(searchParams.get('iss')).toBe(origin)
      expect(searchParams.has('code')).toBe(false)
    },
  )

  test.each([
    ['no challenge', { code_challenge: undefined }],
    ['an empty challenge', { code_challenge: '' }],
    ['plain', { code_challenge_method: 'plain' }],
    ['no method, which means plain', { code_challenge_method: undefined }],
    ['s256 in lower case', { code_challenge_method: 's256' }],
    ['a challenge of another length', { code_challenge: challenge.slice(1) }],
    ['a challenge of another alphabet', { code_challenge: `${challenge.slice(1)}=` }],
  ])(verifies(['A15', 'A22'], '%s is invalid_request'), async (_title, fields) => {
    const { searchParams } = await answerTo({ ...fields, state: 'state-2' })
    expect(searchParams.get('error')).toBe('invalid_request')
    expect(searchParams.get('state')).toBe('state-2')
    expect(searchParams.get('iss')).toBe(origin)
  })

  test(verifies(['A22'], 'an error description is plain text of the allowed kind'), async () => {
    const { searchParams } = await answerTo({ code_challenge_method: 'plain' })
    // RFC 6749 §4.1.2.1 leaves out the quotation mark and the backslash
    expect(searchParams.get('error_description')).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
  })

  test.each(['fragment', 'form_post', 'web_message'])(
    'response_mode %s is refused',
    async (mode) => {
      expect((await answerTo({ response_mode: mode })).searchParams.get('error')).toBe(
        'invalid_request',
      )
    },
  )
})

describe('resource', () => {
  const upper = `${origin.replace('http://localhost', 'HTTP://LOCALHOST')}/mcp`
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['exact', `${origin}/mcp`],
    ['with a slash', `${origin}/mcp/`],
    ['with an upper-case host', upper],
    ['the origin', origin],
    ['the origin with a slash', `${origin}/`],
  ])(verifies(['A24'], 'one that is %s is accepted'), async (_title, resource) => {
    const response = await visit({ resource })
    expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
  })

  test(verifies(['A11', 'A24'], 'it may be repeated'), async () => {
    const response = await visit({ resource: [`${origin}/mcp`, `${origin}/mcp/`] })
    expect(response.headers.get('location')).toMatch(/^\/consent\/int_/)
  })

  test.each([
    ['of another server', 'https://elsewhere.example/mcp'],
    ['of another path', `${origin}/other`],
    ['of a longer path', `${origin}/mcp/more`],
    ['with a fragment', `${origin}/mcp#x`],
    ['with a query', `${origin}/mcp?x=1`],
    ['that is no URI', 'mcp'],
    ['that is one of two', [`${origin}/mcp`, 'https://elsewhere.example/mcp']],
  ])(verifies(['A24', 'A22'], 'one %s is invalid_target'), async (_title, resource) => {
    const { searchParams } = await answerTo({ resource, state: 'state-3' })
    expect(searchParams.get('error')).toBe('invalid_target')
    expect(searchParams.get('state')).toBe('state-3')
    expect(searchParams.get('iss')).toBe(origin)
  })
})
