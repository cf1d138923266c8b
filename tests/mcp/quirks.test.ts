import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Quirk } from '@/lib/config/clients'
import { type MessageFacts, messageFacts } from '@/lib/mcp/message'
import { absorbQuirks } from '@/lib/mcp/quirks'
import { legacyRevisions, modernRevision, revisionKey } from '@/lib/mcp/revisions'
import { anyText, jsonWith } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const both = 'application/json, text/event-stream'
const version = 'mcp-protocol-version'
const modern = { _meta: { [revisionKey]: modernRevision } }

function absorb(headers: Record<string, string>, body: unknown = {}) {
  const absorbed = absorbQuirks(new Headers(headers), messageFacts(body))
  return { headers: Object.fromEntries(absorbed.headers), quirks: absorbed.quirks }
}

describe('Accept', () => {
  test.each<[Record<string, string>]>([
    [{}],
    [{ accept: '' }],
    [{ accept: '*/*' }],
    [{ accept: '*/*;q=0.8' }],
    [{ accept: 'application/json, */*' }],
    [{ accept: 'text/event-stream, */*' }],
  ])(verifies(['R7'], '%j becomes both types'), (headers) => {
    expect(absorb(headers)).toEqual({
      headers: { accept: both },
      quirks: ['accept-header'],
    })
  })

  test.each([
    both,
    'text/event-stream, application/json',
    `${both}, */*`,
    'application/json',
    'text/event-stream',
    'text/html',
  ])(verifies(['R7'], '%s is left for the transport to judge'), (accept) => {
    expect(absorb({ accept })).toEqual({ headers: { accept }, quirks: [] })
  })
})

describe('MCP-Protocol-Version', () => {
  test.each([
    ['2025-11-25, 2025-11-25', '2025-11-25', ['repeated-version-header']],
    ['2025-11-25,2025-11-25,2025-11-25', '2025-11-25', ['repeated-version-header']],
    ['2025-11-25', '2025-11-25', []],
    ['2025-11-25, 2025-06-18', '2025-11-25, 2025-06-18', []],
    [',', ',', []],
    ['nonsense', 'nonsense', []],
  ])('%j becomes %j', (sent, kept, quirks) => {
    expect(absorb({ accept: both, [version]: sent })).toEqual({
      headers: { accept: both, [version]: kept },
      quirks,
    })
  })

  test.each(legacyRevisions)('%s over a body of the modern revision gives way', (revision) => {
    const body = { method: 'tools/call', params: { name: 'whoami', ...modern } }
    expect(absorb({ accept: both, [version]: revision }, body)).toEqual({
      headers: {
        accept: both,
        [version]: modernRevision,
        'mcp-method': 'tools/call',
        'mcp-name': 'whoami',
      },
      quirks: ['version-mismatch', 'missing-method-header', 'missing-name-header'],
    })
  })

  test('twice a legacy revision over a modern body is two quirks', () => {
    const headers = { accept: both, [version]: '2025-11-25, 2025-11-25' }
    expect(absorb(headers, { method: 'tools/list', params: modern }).quirks).toEqual([
      'repeated-version-header',
      'version-mismatch',
      'missing-method-header',
    ])
  })

  test.each<[string, unknown]>([
    ['a method without a name', { method: 'tools/list', params: { name: 'x', ...modern } }],
    ['a call without a name', { method: 'tools/call', params: modern }],
    ['a name that no header takes', { method: 'tools/call', params: { name: 'a b', ...modern } }],
    ['a name in another script', { method: 'tools/call', params: { name: 'é→', ...modern } }],
  ])('no Mcp-Name is made for %s', (_, body) => {
    const { headers } = absorb({ accept: both, [version]: '2025-11-25' }, body)
    expect(headers['mcp-method']).toBe((body as { method: string }).method)
    expect(headers).not.toHaveProperty('mcp-name')
  })

  test.each(['a b', 'é→', '\n'])('no Mcp-Method is made for the method %j', (method) => {
    const { headers } = absorb(
      { accept: both, [version]: '2025-11-25' },
      { method, params: modern },
    )
    expect(headers).not.toHaveProperty('mcp-method')
  })

  test('headers that the client did send stay', () => {
    const headers = {
      accept: both,
      [version]: '2025-11-25',
      'mcp-method': 'tools/list',
      'mcp-name': 'other',
    }
    const body = { method: 'tools/call', params: { name: 'whoami', ...modern } }
    expect(absorb(headers, body)).toEqual({
      headers: { ...headers, [version]: modernRevision },
      quirks: ['version-mismatch'],
    })
  })

  test.each<[string, Record<string, string>, unknown]>([
    [
      'a request that is regular',
      { [version]: modernRevision, 'mcp-method': 'tools/list' },
      { method: 'tools/list', params: modern },
    ],
    ['no header', {}, { method: 'tools/list', params: modern }],
    ['an unknown header', { [version]: '2030-01-01' }, { method: 'tools/list', params: modern }],
    ['a legacy body', { [version]: '2025-11-25' }, { method: 'tools/list' }],
    [
      'an unknown revision in the body',
      { [version]: '2025-11-25' },
      { method: 'tools/list', params: { _meta: { [revisionKey]: '2030-01-01' } } },
    ],
    [
      'a revision in initialize only',
      { [version]: '2025-11-25' },
      { method: 'initialize', params: { protocolVersion: modernRevision } },
    ],
    ['no method', { [version]: '2025-11-25' }, { params: modern }],
  ])('%s is left alone', (_, sent, body) => {
    const headers = { accept: both, ...sent }
    expect(absorb(headers, body)).toEqual({ headers, quirks: [] })
  })
})

test('what the body says beyond doubt need not be said in headers', () => {
  const body = { method: 'tools/call', params: { name: 'whoami', ...modern } }
  expect(absorb({ accept: both, [version]: modernRevision }, body)).toEqual({
    headers: {
      accept: both,
      [version]: modernRevision,
      'mcp-method': 'tools/call',
      'mcp-name': 'whoami',
    },
    quirks: ['missing-method-header', 'missing-name-header'],
  })
})

describe('switched off', () => {
  const all = { accept: '*/*', [version]: '2025-11-25, 2025-11-25' }
  const call = { method: 'tools/call', params: { name: 'whoami', ...modern } }
  const bare = { accept: both, [version]: modernRevision }

  test.each<[Quirk, Record<string, string>, readonly Quirk[]]>([
    ['accept-header', { accept: '*/*' }, []],
    ['repeated-version-header', all, ['accept-header']],
    ['version-mismatch', { ...all, [version]: '2025-11-25' }, ['accept-header']],
    ['missing-method-header', bare, []],
    ['missing-name-header', bare, ['missing-method-header']],
  ])('%s is left for the transport to refuse', (quirk, headers, others) => {
    const refused = new Set([quirk])
    const absorbed = absorbQuirks(new Headers(headers), messageFacts(call), refused)
    expect(absorbed.quirks).toEqual(others)
  })
})

test('what was received stays as it was', () => {
  const received = new Headers({ accept: '*/*', authorization: 'Bearer abc' })
  const { headers } = absorbQuirks(received, messageFacts({}))
  expect(received.get('accept')).toBe('*/*')
  expect(headers.get('authorization')).toBe('Bearer abc')
})

test('any message under any headers is absorbed, and nothing is absorbed twice', () => {
  const headers = fc.record(
    {
      accept: fc.constantFrom('*/*', both, 'text/html'),
      [version]: fc.constantFrom('2025-11-25', '2025-11-25, 2025-11-25', modernRevision, ','),
      'mcp-method': fc.constantFrom('tools/call', ''),
    },
    { requiredKeys: [] },
  )
  const body = jsonWith({
    method: fc.oneof(anyText, fc.constantFrom('tools/call', 'resources/read')),
    params: jsonWith({
      name: anyText,
      uri: anyText,
      _meta: jsonWith({ [revisionKey]: fc.constantFrom(modernRevision, '2025-11-25') }),
    }),
  })
  fc.assert(
    fc.property(headers, body, (sent, message) => {
      const facts: MessageFacts = messageFacts(message)
      const once = absorbQuirks(new Headers(sent as Record<string, string>), facts)
      const twice = absorbQuirks(once.headers, facts)
      expect(twice.quirks).toEqual([])
      expect([...twice.headers]).toEqual([...once.headers])
    }),
    { numRuns: 500 },
  )
})
