import { describe, expect, test } from 'vitest'
import { isReason, type Reason, reasonWords } from '@/lib/reasons'
import { reasonFrom } from '@/lib/stored-reasons'

describe('a reason that an older version stored as a sentence', () => {
  test.each<[string, Reason]>([
    ['this client is not registered here', { kind: 'client-unknown' }],
    ['unknown client', { kind: 'client-unknown' }],
    ['grant is paused', { kind: 'grant-paused' }],
    ['grant paused', { kind: 'grant-paused' }],
    ['this connection is paused', { kind: 'grant-paused' }],
    ['missing required "code_verifier"', { kind: 'parameter-missing', parameter: 'code_verifier' }],
    ['body: wrong content type', { kind: 'form-unreadable', problem: 'wrong content type' }],
    ['unknown resource', { kind: 'resource-unknown' }],
    ['HTTP 405, JSON-RPC -32000', { kind: 'answered-with-error', status: 405, code: -32_000 }],
    ['HTTP 500', { kind: 'answered-with-error', status: 500 }],
    [
      '"redirect_uri" has the scheme "ssh:"',
      { kind: 'redirect-uri-unusable', problem: { kind: 'scheme', scheme: 'ssh' } },
    ],
    [
      'no usable redirect URI: http://192.168.1.10:8080/callback is http and not loopback',
      {
        kind: 'redirect-uris-unusable',
        uri: 'http://192.168.1.10:8080/callback',
        problem: { kind: 'plain-http' },
      },
    ],
    ['answered 403, not 200', { kind: 'document-away', failure: { kind: 'status', status: 403 } }],
    [
      'claude.ai cannot be resolved',
      { kind: 'document-away', failure: { kind: 'unresolved', host: 'claude.ai' } },
    ],
    [
      "client metadata document: its 'client_id' is not its own URL",
      { kind: 'document-unusable', problem: 'client-id' },
    ],
    [
      'host not allowed: this server is set to http://localhost:3000, see PORTICO_URL',
      { kind: 'host-not-allowed', own: 'http://localhost:3000' },
    ],
    ['something that nobody wrote', { kind: 'other', text: 'something that nobody wrote' }],
  ])('%s', (sentence, reason) => {
    expect(reasonFrom(sentence)).toEqual(reason)
  })
})

test('a reason of this version is itself', () => {
  const reason = { kind: 'document-away', failure: { kind: 'slow' } } as const
  expect(reasonFrom(reason)).toBe(reason)
})

test.each([undefined, null, 3, [], {}])('%j is no reason', (stored) => {
  expect(reasonFrom(stored)).toBeNull()
})

describe('a reason that a newer version stored', () => {
  test('is told by its kind where that is not known here', () => {
    const reason = reasonFrom({ kind: 'not-yet-thought-of', more: 1 })
    expect(reason).toEqual({ kind: 'other', text: 'not-yet-thought-of' })
  })

  test('is told where what it carries is not known here', () => {
    const stored: unknown = { kind: 'document-away', failure: { kind: 'not-yet-thought-of' } }
    expect(isReason(stored) && reasonWords(stored)).toBe(
      'the metadata document of this client not-yet-thought-of',
    )
    expect(isReason({ kind: 'document-away' })).toBe(true)
    expect(reasonWords({ kind: 'document-away' } as unknown as Reason)).toContain('unknown')
  })
})
