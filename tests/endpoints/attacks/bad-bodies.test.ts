import fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { encoded, redirectUri, register } from '../../support/oauth/oauth'
import { connect } from '../../support/oauth/oauth-tokens'
import { operatorOf } from '../../support/people/operator'
import { readLog } from '../../support/people/operator-log'
import { sharedOrigin } from '../../support/server/portico'
import { anyText, jsonWith, textOf } from '../../support/sources/arbitraries'
import { verifies } from '../../support/sources/verifies'

vi.setConfig({ testTimeout: 240_000 })

const origin = sharedOrigin()
const bodiesEach = 250
/** An address of hosted Claude: what is asked for there is counted, and not where from. */
const address = '160.79.111.111'
const client = await register(origin, { client_name: 'Bad bodies' })
const { tokens } = await connect(origin, { client })

const names = [
  'grant_type',
  'code',
  'code_verifier',
  'refresh_token',
  'token',
  'token_type_hint',
  'scope',
  'resource',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'redirect_uri',
  'response_type',
  'state',
  'csrf',
  'decision',
]
const values = fc.oneof(
  anyText,
  fc.constantFrom('authorization_code', 'refresh_token', 'client_credentials', 'code', 'S256'),
  fc.constantFrom(tokens.refresh_token, tokens.access_token, client.client_id, redirectUri),
)

/** A form that may be of this client, with anything in it. */
const forms = fc
  .record({
    id: fc.constantFrom(client.client_id, 'client_unknown', ''),
    pairs: fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), anyText), values), {
      maxLength: 8,
    }),
  })
  .map(({ id, pairs }) => {
    const form = encoded({ client_id: id })
    for (const [name, value] of pairs) form.append(name, value)
    return form.toString()
  })
const rawForms = textOf('a=b', '&', '=', '%', '%00', '%ff', '+', 'client_id=', 'grant_type=')
const documents = jsonWith({
  redirect_uris: fc.array(fc.oneof(fc.webUrl(), anyText), { maxLength: 3 }),
  client_name: anyText,
  scope: anyText,
  grant_types: fc.array(anyText),
  token_endpoint_auth_method: fc.constantFrom('none', 'private_key_jwt', 'client_secret_post'),
  jwks: fc.record({ keys: fc.array(fc.jsonValue({ maxDepth: 1 })) }),
})
const messages = jsonWith({
  jsonrpc: fc.constant('2.0'),
  id: fc.oneof(fc.integer(), anyText),
  method: fc.oneof(fc.constantFrom('initialize', 'tools/call', 'tools/list', 'ping'), anyText),
  params: fc.object({ maxDepth: 2 }),
})

/** Bytes of text in which not every character is one (half a surrogate pair becomes U+FFFD). */
const json = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 4, arbitrary: value.map((one) => JSON.stringify(one)) },
    textOf('{', '}', '[', ']', '"', ':', ',', 'null', '\\u0000', '\\ud800', '1e999'),
  )
const bytes = fc.uint8Array({ maxLength: 200 })

type Body = string | Uint8Array<ArrayBuffer>
const formType = 'application/x-www-form-urlencoded'
const endpoints: [string, string, fc.Arbitrary<unknown>][] = [
  ['/token', formType, fc.oneof({ weight: 4, arbitrary: forms }, rawForms, bytes)],
  ['/revoke', formType, fc.oneof({ weight: 4, arbitrary: forms }, rawForms, bytes)],
  ['/introspect', formType, fc.oneof({ weight: 4, arbitrary: forms }, rawForms, bytes)],
  ['/authorize', formType, fc.oneof({ weight: 4, arbitrary: forms }, rawForms, bytes)],
  ['/consent/int_x/decision', formType, fc.oneof(forms, rawForms, bytes)],
  ['/register', 'application/json', fc.oneof({ weight: 6, arbitrary: json(documents) }, bytes)],
  ['/mcp', 'application/json', fc.oneof({ weight: 6, arbitrary: json(messages) }, bytes)],
  ['/api/auth/callback/credentials', formType, fc.oneof(forms, rawForms, bytes)],
]

async function send(path: string, type: string, body: Body): Promise<number> {
  const headers = new Headers({ 'content-type': type, 'x-forwarded-for': address })
  if (path === '/mcp') {
    headers.set('authorization', `Bearer ${tokens.access_token}`)
    headers.set('accept', 'application/json, text/event-stream')
  }
  const init = { method: 'POST', body, headers, redirect: 'manual' as const }
  const response = await fetch(`${origin}${path}`, { ...init, signal: AbortSignal.timeout(20_000) })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json')
  // each refusal in the protocol's own shape
  if (isJson && response.status >= 400 && path !== '/mcp' && !path.startsWith('/api/')) {
    expect(JSON.parse(text)).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) })
  }
  return response.status
}

test.each(endpoints)(
  verifies(['A30', 'A31', 'A49'], `${bodiesEach} bodies of any kind at %s: no fault, no hang`),
  async (path, type, arbitrary) => {
    const seed = Math.trunc(Math.random() * 2 ** 31)
    const bodies = fc.sample(arbitrary, { numRuns: bodiesEach, seed }) as Body[]
    for (let at = 0; at < bodies.length; at += 10) {
      const few = bodies.slice(at, at + 10)
      const statuses = await Promise.all(few.map((body) => send(path, type, body)))
      const faults = few.filter((_, index) => Number(statuses[index]) >= 500)
      expect(faults, `seed ${seed}`).toEqual([])
    }
  },
)

afterAll(async () => {
  const faults = await readLog(await operatorOf(origin), { address, outcome: 'failed' })
  const own = faults.filter(({ name }) => name === 'exchange.failed')
  expect(own.map(({ path, detail }) => `${path}: ${detail.message}`)).toEqual([])
})
