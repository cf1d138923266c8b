import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MessageFacts, messageFacts } from '@/lib/mcp/message'
import { clientInfoKey, modernRevision, revisionKey } from '@/lib/mcp/revisions'
import { anyText, jsonWith } from '../support/sources/arbitraries'

const nothing: MessageFacts = {
  method: null,
  name: null,
  claimedRevision: null,
  claimsModern: false,
  clientName: null,
  clientVersion: null,
}

const modernMeta = {
  [revisionKey]: modernRevision,
  [clientInfoKey]: { name: 'claude-code', version: '2.1.204' },
}

describe('messageFacts', () => {
  test.each<[string, unknown, Partial<MessageFacts>]>([
    [
      'the probe of hosted Claude',
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: {
          protocolVersion: '2025-11-25',
          capabilities: {},
          clientInfo: { name: 'Anthropic', version: '1.0.0' },
        },
      },
      {
        method: 'initialize',
        claimedRevision: '2025-11-25',
        clientName: 'Anthropic',
        clientVersion: '1.0.0',
      },
    ],
    [
      'a modern discovery',
      { method: 'server/discover', params: { _meta: modernMeta } },
      {
        method: 'server/discover',
        claimedRevision: modernRevision,
        claimsModern: true,
        clientName: 'claude-code',
        clientVersion: '2.1.204',
      },
    ],
    [
      'a tool call',
      { method: 'tools/call', params: { name: 'whoami', arguments: { name: 'x' } } },
      { method: 'tools/call', name: 'whoami' },
    ],
    [
      'a modern tool call',
      { method: 'tools/call', params: { name: 'whoami', _meta: modernMeta } },
      {
        method: 'tools/call',
        name: 'whoami',
        claimedRevision: modernRevision,
        claimsModern: true,
        clientName: 'claude-code',
        clientVersion: '2.1.204',
      },
    ],
    [
      'a resource by its URI',
      { method: 'resources/read', params: { uri: 'file:///a' } },
      { method: 'resources/read', name: 'file:///a' },
    ],
    [
      'the first message of a batch',
      [{ method: 'tools/list' }, { method: 'tools/call', params: { name: 'whoami' } }],
      { method: 'tools/list' },
    ],
    [
      'a notification',
      { method: 'notifications/initialized' },
      { method: 'notifications/initialized' },
    ],
    [
      'a method with unusable params',
      { method: 'tools/call', params: { name: 7, _meta: 'x', clientInfo: { name: [] } } },
      { method: 'tools/call' },
    ],
    ['params that are a list', { method: 'ping', params: ['x'] }, { method: 'ping' }],
    ['params that are null', { method: 'ping', params: null }, { method: 'ping' }],
    [
      'control characters and half a surrogate pair, which no database takes',
      {
        method: 'a\u0000b\n\ud83d',
        params: { clientInfo: { name: '\u0000x', version: '\udc00' } },
      },
      { method: 'ab\ufffd', clientName: 'x', clientVersion: '\ufffd' },
    ],
  ])('tells %s', (_, body, facts) => {
    expect(messageFacts(body)).toEqual({ ...nothing, ...facts })
  })

  test.each([
    [undefined],
    [null],
    ['tools/list'],
    [7],
    [[]],
    [{}],
    [[null]],
    [{ method: 7 }],
    [{ jsonrpc: '2.0', id: 1, result: { name: 'x' } }],
    [{ params: { name: 'x', _meta: modernMeta } }],
  ])('tells nothing of %j', (body) => {
    expect(messageFacts(body)).toEqual(nothing)
  })

  test('text is cut to 200 characters', () => {
    const long = 'a'.repeat(1000)
    const facts = messageFacts({ method: long, params: { name: long, clientInfo: { name: long } } })
    expect([facts.method, facts.name, facts.clientName]).toEqual(Array(3).fill('a'.repeat(200)))
  })

  test('any JSON is told, in text that can be stored', () => {
    const params = jsonWith({
      name: anyText,
      uri: anyText,
      protocolVersion: anyText,
      clientInfo: fc.record({ name: anyText, version: anyText }),
      _meta: jsonWith({ [revisionKey]: anyText, [clientInfoKey]: fc.record({ name: anyText }) }),
    })
    const message = jsonWith({ method: anyText, params })
    fc.assert(
      fc.property(fc.oneof(message, fc.array(message), fc.anything()), (body) => {
        const { claimsModern, ...texts } = messageFacts(body)
        expect(claimsModern).toBeTypeOf('boolean')
        for (const text of Object.values(texts)) {
          if (text === null) continue
          expect(text.length).toBeLessThanOrEqual(200)
          expect(text).not.toMatch(/\p{Cc}/u)
          expect(text.isWellFormed()).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
