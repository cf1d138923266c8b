import { describe, expect, test } from 'vitest'
import { catalogue, type EventName } from '@/lib/events/catalogue'
import { checkedDetail } from '@/lib/events/detail'
import { eventSamples } from '../support/handshakes/event-samples'
import { verifies } from '../support/sources/verifies'

const names = Object.keys(catalogue) as EventName[]

/** What must never be written, under the names it has on the wire. */
const secrets = {
  access_token: 'leaked',
  refresh_token: 'leaked',
  accessToken: 'leaked',
  refreshToken: 'leaked',
  token: 'leaked',
  authorization: 'leaked',
  code_verifier: 'leaked',
  code_challenge: 'leaked',
  client_secret: 'leaked',
  secret: 'leaked',
  password: 'leaked',
  cookie: 'leaked',
  state: 'leaked',
  query: 'leaked',
  arguments: { a: 'leaked' },
  result: ['leaked'],
}

describe.each(names)('%s', (name) => {
  const { section, detail } = catalogue[name]

  test('is noun.past-participle and cites where the step is defined', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+([-_][a-z]+)*$/)
    expect(section).toMatch(
      /^(Portico|MCP\b.*|(RFC \d{4}|OAuth 2\.1|CIMD|Fetch|WebAuthn|OIDC) §\d+(\.\d+)*)$/,
    )
  })

  test('keeps what its detail may hold', () => {
    expect(checkedDetail(name, eventSamples[name])).toEqual(eventSamples[name])
    expect(Object.keys(eventSamples[name]).sort()).toEqual(Object.keys(detail).sort())
  })

  test(verifies(['A45'], 'has no place for a secret'), () => {
    const kept = checkedDetail(name, { ...secrets, ...eventSamples[name] })
    expect(kept).toEqual(eventSamples[name])
    expect(Object.keys(detail)).not.toEqual(
      expect.arrayContaining([expect.toBeOneOf(Object.keys(secrets))]),
    )
  })
})

test(verifies(['A45'], 'the one code in a detail is a number, and no authorization code'), () => {
  expect(names.filter((name) => 'code' in catalogue[name].detail)).toEqual(['mcp.refused'])
  const sample = { ...eventSamples['mcp.refused'], code: 'leaked' }
  expect(checkedDetail('mcp.refused', sample)).toEqual({ invalid: 'mcp.refused' })
})
