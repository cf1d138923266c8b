import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventDetail } from '@/lib/events/catalogue'
import type { NewEvent } from '@/lib/events/fields'
import { consoleLine, idEnd, jsonLine } from '@/lib/recorder/console'
import { openExchange } from '@/lib/recorder/exchange'
import { describeEvent } from '../support/handshakes/describe-event'
import { anyText } from '../support/sources/arbitraries'

const event: NewEvent = {
  at: new Date('2026-10-01T18:24:53.900Z'),
  name: 'token.issued',
  outcome: 'ok',
  requestId: 'request_A',
  method: 'POST',
  path: '/token',
  status: 200,
  durationMs: 41,
  agent: 'Claude (hosted)',
  clientId: 'client_0000',
  interactionId: 'int_1111',
  grantId: 'grant_7f3a',
  detail: { scope: 'claudeai' },
}

/** A line with its columns pulled together. */
const line = (change: Partial<NewEvent>) =>
  consoleLine({ ...event, ...change }).replace(/ {2,}/g, '  ')

describe('consoleLine', () => {
  test.each<[Partial<NewEvent>, string]>([
    [{}, '18:24:53 token.issued  200 POST /token  Claude (hosted)  grant 7f3a  41 ms'],
    [
      { grantId: undefined },
      '18:24:53 token.issued  200 POST /token  Claude (hosted)  interaction 1111  41 ms',
    ],
    [
      { grantId: undefined, interactionId: undefined },
      '18:24:53 token.issued  200 POST /token  Claude (hosted)  client 0000  41 ms',
    ],
    [
      { agent: undefined, userAgent: `okhttp/4.12 ${'x'.repeat(30)}` },
      `18:24:53 token.issued  200 POST /token  okhttp/4.12 ${'x'.repeat(14)} grant 7f3a  41 ms`,
    ],
    [
      {
        name: 'token.refused',
        outcome: 'refused',
        status: 400,
        detail: { reason: { kind: 'code-unknown' } },
      },
      '18:24:53 token.refused  400 POST /token  Claude (hosted)  grant 7f3a  41 ms  unknown code',
    ],
    [
      { outcome: 'refused', detail: { error: 'invalid_grant' } },
      '18:24:53 token.issued  200 POST /token  Claude (hosted)  grant 7f3a  41 ms  invalid_grant',
    ],
    [
      { outcome: 'refused', detail: { error: 'invalid_grant', reason: { kind: 'code-unknown' } } },
      '18:24:53 token.issued  200 POST /token  Claude (hosted)  grant 7f3a  41 ms  unknown code',
    ],
    [
      { outcome: 'failed', detail: { message: 'out of memory' } },
      '18:24:53 token.issued  200 POST /token  Claude (hosted)  grant 7f3a  41 ms  out of memory',
    ],
    [
      { detail: { reason: { kind: 'no-room' } } },
      '18:24:53 token.issued  200 POST /token  Claude (hosted)  grant 7f3a  41 ms',
    ],
  ])('%j', (change, expected) => {
    expect(line(change)).toBe(expected.replace(/ {2,}/g, '  '))
  })

  test('a start has neither status nor path nor duration', () => {
    const { at, name, outcome, requestId } = event
    const detail = { version: '0.1.0', database: 'embedded' }
    expect(consoleLine({ at, name: 'server.started', outcome, requestId, detail })).toBe(
      '18:24:53 server.started',
    )
    expect(name).not.toBe('server.started')
  })

  test('columns stand under one another', () => {
    const other = { name: 'mcp.called', path: '/mcp', agent: 'curl', grantId: 'grant_0001' }
    const [one, two] = [consoleLine(event), consoleLine({ ...event, ...other })]
    for (const word of [/ 200 /, / POST /, / grant /, / 41 ms/]) {
      expect(one.search(word)).toBe(two.search(word))
    }
  })

  test('whatever was sent, an event is one line and moves no cursor', () => {
    const headerText = fc.string({ unit: fc.integer({ min: 1, max: 255 }).map(byte) })
    fc.assert(
      fc.property(headerText, anyText, anyText, anyText, (userAgent, path, clientId, text) => {
        const headers = new Headers({ 'user-agent': userAgent })
        const exchange = openExchange({ method: 'GET', path, headers }, 0)
        exchange.ids.clientId = clientId
        const detail: EventDetail<'grant.revoked'> = { reason: { kind: 'other', text } }
        const described = describeEvent(exchange, 'grant.revoked', 400, detail)
        expect(consoleLine(described)).not.toMatch(moves)
        const json = jsonLine(described)
        expect(json).not.toMatch(moves)
        expect(JSON.parse(json)).toMatchObject({
          event: 'grant.revoked',
          clientId: described.clientId,
        })
      }),
    )
  })
})

/** What moves the cursor of a terminal, or turns the direction of what follows. */
const moves = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

/** A character that a header value may have. */
const byte = (code: number) => {
  const isLineBreak = code === 10 || code === 13
  return String.fromCharCode(isLineBreak ? 32 : code)
}

test('a short id is the end of the id', () => {
  expect(idEnd('grant_0000007f3a')).toBe('7f3a')
  expect(idEnd('a')).toBe('a')
})

test.each([
  ['\u202e', 'a right-to-left override'],
  ['\u2066', 'an isolate'],
  ['\u0085', 'a C1 control'],
  ['\u001b[2J', 'an escape sequence'],
])('%j, %s, is shown in no line', (control) => {
  const odd = { ...event, path: `/a${control}b`, outcome: 'refused', detail: { reason: control } }
  expect(consoleLine(odd as NewEvent)).not.toMatch(moves)
  const line = jsonLine(odd as NewEvent)
  expect(line).not.toMatch(moves)
  // nothing is lost in JSON: it is escaped
  expect(JSON.parse(line)).toMatchObject({ path: `/a${control}b`, reason: control })
})

describe('jsonLine', () => {
  test('tells what the line of text tells, with the whole time and whole ids', () => {
    expect(JSON.parse(jsonLine({ ...event, sessionId: 'session_1', userId: 'user_1' }))).toEqual({
      time: '2026-10-01T18:24:53.900Z',
      level: 'info',
      event: 'token.issued',
      outcome: 'ok',
      status: 200,
      method: 'POST',
      path: '/token',
      agent: 'Claude (hosted)',
      requestId: 'request_A',
      clientId: 'client_0000',
      interactionId: 'int_1111',
      grantId: 'grant_7f3a',
      sessionId: 'session_1',
      userId: 'user_1',
      durationMs: 41,
    })
  })

  test.each([
    ['refused', 'warn'],
    ['failed', 'error'],
  ] as const)('what was %s has the level %s, and says why', (outcome, level) => {
    const line = jsonLine({ ...event, outcome, detail: { error: 'invalid_grant' } })
    expect(JSON.parse(line)).toMatchObject({ level, outcome, reason: 'invalid_grant' })
  })

  test('a reason is told in words and by its kind', () => {
    const detail = { error: 'invalid_grant', reason: { kind: 'code-unknown' } }
    const line = jsonLine({ ...event, outcome: 'refused', detail })
    expect(JSON.parse(line)).toMatchObject({ reason: 'unknown code', reasonKind: 'code-unknown' })
  })
})
