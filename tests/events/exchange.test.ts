import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { catalogue, type EventDetail, type EventName } from '@/lib/events/catalogue'
import type { Member } from '@/lib/events/declare'
import { openExchange } from '@/lib/recorder/exchange'
import { describeEvent } from '../support/handshakes/describe-event'
import { detailSchema } from '../support/handshakes/detail-schema'
import { eventSamples } from '../support/handshakes/event-samples'
import { anyText, jsonWith } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

const open = (headers: Record<string, string> = {}, hops = 0, path = '/token') =>
  openExchange({ method: 'POST', path, headers: new Headers(headers) }, hops)

const names = Object.keys(catalogue) as EventName[]

/** Every text in a value, names included. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => [name, ...textsIn(item)])
}

describe('openExchange', () => {
  test('knows where a request came from and what sent it', () => {
    const exchange = open(
      {
        'x-forwarded-for': '160.79.106.35, 10.0.0.1',
        'user-agent': 'python-httpx/0.28.1',
      },
      1,
    )
    expect(exchange).toMatchObject({
      method: 'POST',
      path: '/token',
      address: '160.79.106.35',
      network: 'anthropic',
      userAgent: 'python-httpx/0.28.1',
      agent: 'Claude (hosted, sign-in)',
      edge: null,
      ids: {},
      recorded: 0,
    })
  })

  test('knows nothing of a request without headers', () => {
    expect(open()).toMatchObject({
      address: null,
      network: null,
      userAgent: null,
      agent: null,
      edge: null,
    })
  })

  test('every exchange has an id and no two share their ids', () => {
    const [one, other] = [open(), open()]
    expect(one.requestId).not.toBe(other.requestId)
    one.ids.clientId = 'client_A'
    expect(other.ids).toEqual({})
  })

  test(verifies(['A45'], 'keeps the marks of an edge, and no other header'), () => {
    const exchange = open({
      'cf-ray': '8f-FRA',
      via: '1.1 proxy',
      authorization: 'Bearer leaked',
      cookie: 'session=leaked',
      'x-api-key': 'leaked',
    })
    expect(exchange.edge).toEqual({
      'cf-ray': '8f-FRA',
      via: '1.1 proxy',
    })
    expect(JSON.stringify(exchange)).not.toContain('leaked')
  })

  test('long and odd headers are cut and cleaned', () => {
    const exchange = open(
      { 'user-agent': `a\u001b[2J\u009b${'b'.repeat(400)}`, via: 'x'.repeat(300) },
      0,
      `/a\nb${'c'.repeat(600)}`,
    )
    expect(exchange.userAgent).toMatch(/^a�\[2J�b+…$/)
    expect(exchange.userAgent).toHaveLength(300)
    expect(exchange.edge?.via).toMatch(/^x{199}…$/)
    expect(exchange.path).toMatch(/^\/a�bc+…$/)
    expect(exchange.path).toHaveLength(500)
  })
})

describe('describe', () => {
  test('joins the event to its exchange', () => {
    const exchange = open({ 'x-forwarded-for': '127.0.0.1', 'user-agent': 'curl/8.5.0' })
    exchange.ids.clientId = 'client_A'
    exchange.ids.grantId = 'grant_A'
    expect(describeEvent(exchange, 'token.reused', 400, { refreshTokenId: 'rt_A' })).toEqual({
      at: expect.any(Date),
      name: 'token.reused',
      outcome: 'refused',
      requestId: exchange.requestId,
      method: 'POST',
      path: '/token',
      status: 400,
      durationMs: expect.any(Number),
      address: '127.0.0.1',
      network: 'loopback',
      userAgent: 'curl/8.5.0',
      agent: 'curl',
      clientId: 'client_A',
      grantId: 'grant_A',
      detail: { refreshTokenId: 'rt_A' },
    })
  })

  test.each<[number | undefined, string]>([
    [undefined, 'ok'],
    [200, 'ok'],
    [303, 'ok'],
    [399, 'ok'],
    [400, 'refused'],
    [404, 'refused'],
    [499, 'refused'],
    [500, 'failed'],
    [503, 'failed'],
  ])('a status of %s is %s', (status, outcome) => {
    expect(describeEvent(open(), 'root.visited', status, {}).outcome).toBe(outcome)
  })

  test('an outcome that is named counts more than the status', () => {
    expect(describeEvent(open(), 'root.visited', 303, {}, 'refused').outcome).toBe('refused')
  })

  test('the duration runs from the arrival, in whole milliseconds', () => {
    const clock = vi.spyOn(performance, 'now')
    clock.mockReturnValueOnce(1000)
    const exchange = open()
    clock.mockReturnValueOnce(1041.6)
    expect(describeEvent(exchange, 'root.visited', 200, {}).durationMs).toBe(42)
    clock.mockRestore()
  })

  test('absent members are left out of the detail', () => {
    const detail = { hint: undefined }
    expect(describeEvent(open(), 'path.missed', 404, detail).detail).toEqual({})
    expect(Object.keys(describeEvent(open(), 'path.missed', 404, detail).detail)).toEqual([])
  })

  test(verifies(['A45'], 'what the catalogue does not name is not written'), () => {
    const reason = { kind: 'revoked-by-person' }
    const detail = { reason, token: 'leaked' } as EventDetail<'grant.revoked'>
    expect(describeEvent(open(), 'grant.revoked', 200, detail).detail).toEqual({ reason })
  })

  test('long and odd texts are cut and cleaned', () => {
    const { detail } = describeEvent(open(), 'client.registered', 201, {
      clientName: `a\u0000${'b'.repeat(600)}`,
      authMethod: `${'c'.repeat(498)}😀😀`,
      redirectUris: Array.from({ length: 60 }, () => `d\n${'e'.repeat(300)}`),
    })
    expect(detail.clientName).toMatch(/^a�b{497}…$/)
    expect(detail.authMethod).toBe(`${'c'.repeat(498)}�…`)
    expect(detail.redirectUris).toHaveLength(50)
    expect(detail.redirectUris).toEqual(Array(50).fill(`d�${'e'.repeat(197)}…`))
  })

  test.each([
    [500, 'a'.repeat(500)],
    [501, `${'a'.repeat(499)}…`],
  ])('of %i characters as many stay as the catalogue takes', (length, message) => {
    const sent = { message: 'a'.repeat(length) }
    expect(describeEvent(open(), 'exchange.failed', 500, sent).detail).toEqual({ message })
  })

  test('ids that somebody sent are cut and cleaned too', () => {
    const exchange = open()
    exchange.ids.clientId = `\u001b[2J\u0000${'a'.repeat(300)}`
    const { clientId } = describeEvent(exchange, 'root.visited', 200, {})
    expect(clientId).toMatch(/^�\[2J�a+…$/)
    expect(clientId).toHaveLength(200)
  })

  test('a detail that does not fit is not written and breaks nothing', () => {
    const detail = { keys: 'many' } as unknown as EventDetail<'key-set.served'>
    expect(describeEvent(open(), 'key-set.served', 200, detail).detail).toEqual({
      invalid: 'key-set.served',
    })
  })

  const name = fc.constantFrom(...names)
  const anyReason = fc.record({ kind: fc.constant('other'), text: anyText })
  const fits = (event: EventName, detail: unknown) => {
    expect(detailSchema(event).safeParse(detail)).toEqual({ success: true, data: detail })
    for (const text of textsIn(detail)) {
      expect(text).not.toMatch(/\p{Cc}/u)
      expect(text.isWellFormed()).toBe(true)
    }
  }

  test('any detail is described and fits the catalogue', () => {
    const anyDetail = name.chain((event) =>
      fc.tuple(
        fc.constant(event),
        jsonWith(
          Object.fromEntries(
            Object.keys(catalogue[event].detail).map((member) => [
              member,
              fc.oneof(anyText, fc.integer(), fc.boolean(), fc.array(anyText), anyReason),
            ]),
          ),
        ),
      ),
    )
    fc.assert(
      fc.property(fc.oneof(anyDetail, fc.tuple(name, fc.anything())), ([event, sent]) => {
        const { detail } = describeEvent(open(), event, 200, sent as EventDetail<typeof event>)
        if ('invalid' in detail) expect(detail).toEqual({ invalid: event })
        else fits(event, detail)
      }),
      { numRuns: 300 },
    )
  })

  test('no text is too long or too odd to be described', () => {
    const longText = fc.tuple(anyText, fc.nat(700)).map(([text, times]) => text.repeat(times))
    fc.assert(
      fc.property(name, longText, fc.nat(70), (event, text, times) => {
        const sent = Object.entries(eventSamples[event]).map(([member, value]) => {
          if (Array.isArray(value)) return [member, Array(times).fill(text)]
          const { kind } =
            new Map(Object.entries<Member>(catalogue[event].detail)).get(member) ?? {}
          if (kind === 'reason') return [member, { kind: 'other', text }]
          return [member, kind === 'text' ? text : value]
        })
        const { detail } = describeEvent(open(), event, 200, Object.fromEntries(sent))
        expect(detail).not.toHaveProperty('invalid')
        fits(event, detail)
      }),
    )
  })
})
