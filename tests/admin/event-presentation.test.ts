import { expect, test } from 'vitest'
import { presentEvent } from '@/components/kit/event-presentation'
import { type EventName, eventNames } from '@/lib/events/catalogue'
import { type Reason, reasonKinds } from '@/lib/reasons'
import { eventSamples } from '../support/handshakes/event-samples'

const sentenceOf = (name: EventName, detail: Readonly<Record<string, unknown>>): string =>
  presentEvent({ name, detail }).sentence

test.each(eventNames)('%s is told in words, also where its detail was not kept', (name) => {
  for (const detail of [eventSamples[name], { invalid: name }]) {
    expect(sentenceOf(name, detail)).toMatch(/\w/)
    expect(sentenceOf(name, detail)).not.toMatch(/object Object|undefined|NaN/)
  }
})

test.each<[EventName, string, Reason]>([
  ['operator.refused', 'wrong e-mail address or password', { kind: 'password-wrong' }],
  ['grant.revoked', 'person', { kind: 'revoked-by-person' }],
  ['cookie.lost', 'host', { kind: 'cookie-lost', because: 'host' }],
  ['request.refused', 'target', { kind: 'request-target' }],
  ['request.throttled', 'registrations', { kind: 'too-many-registrations' }],
  ['request.unavailable', 'database', { kind: 'database-away' }],
  ['consent.refused', 'decided', { kind: 'consent-decided' }],
])('%s with the reason of an older version, %j, reads the same', (name, sentence, reason) => {
  expect(sentenceOf(name, { reason: sentence })).toBe(sentenceOf(name, { reason }))
})

test('a reason of another version is told by its kind', () => {
  expect(reasonKinds).not.toContain('moon-full')
  expect(sentenceOf('setup.refused', { reason: { kind: 'moon-full' } })).toBe('Moon-full')
})

test.each([
  [{}, 'No reason was recorded'],
  [{ error: 'invalid_grant' }, 'Invalid_grant'],
  [{ reason: { kind: 'code-unknown' } }, 'Unknown code'],
  [
    { description: 'the code cannot be used', reason: { kind: 'code-unknown' } },
    'The code cannot be used (unknown code)',
  ],
  // what the client was told is the reason itself, in the quotes of the wire
  [
    {
      error: 'invalid_request',
      description: "missing required 'code'",
      reason: { kind: 'parameter-missing', parameter: 'code' },
    },
    "Missing required 'code'",
  ],
])('a refusal with %j reads: %s', (why, sentence) => {
  expect(sentenceOf('token.refused', why)).toBe(sentence)
})
