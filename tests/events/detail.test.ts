import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue, type EventName } from '@/lib/events/catalogue'
import { checkedDetail } from '@/lib/events/detail'
import { parsedDetail } from '../support/handshakes/detail-schema'
import { eventSamples } from '../support/handshakes/event-samples'
import { anyText } from '../support/sources/arbitraries'

const names = Object.keys(catalogue) as EventName[]

/** What a member may turn out to be, right or wrong. */
const anyMember = fc.oneof(
  anyText,
  fc.string({ minLength: 499, maxLength: 502 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(2 ** 53, -(2 ** 53), Number.NaN, -0),
  fc.boolean(),
  fc.constantFrom(undefined, null, 'stateless', 'client', 'page'),
  fc.array(anyText, { maxLength: 3 }),
  fc.array(fc.constant('item'), { minLength: 49, maxLength: 52 }),
  fc.dictionary(anyText, anyText, { maxKeys: 2 }),
  fc.record({ kind: fc.constantFrom('other', 'from another version'), text: anyText }),
)

describe('a detail', () => {
  test.each(names)('of %s is what the schema makes of it', (name) => {
    const sample: Record<string, unknown> = eventSamples[name]
    const keys = Object.keys(catalogue[name].detail)
    const changes = fc.dictionary(fc.constantFrom(...keys, 'leaked', 'toString'), anyMember, {
      maxKeys: 3,
    })
    const unlikely = fc.constantFrom<unknown>(null, undefined, 'text', 7, [], [sample])
    const details = fc.oneof({ weight: 9, arbitrary: changes }, { weight: 1, arbitrary: unlikely })
    fc.assert(
      fc.property(details, (change) => {
        const isChange = typeof change === 'object' && change !== null && !Array.isArray(change)
        const detail = isChange ? { ...sample, ...change } : change
        expect(checkedDetail(name, detail)).toEqual(parsedDetail(name, detail))
      }),
    )
  })

  test('of a tool call keeps what is named, and nothing where it does not fit', () => {
    const sample = eventSamples['mcp.called']
    expect(checkedDetail('mcp.called', { ...sample, leaked: 'secret' })).toEqual(sample)
    expect(checkedDetail('mcp.called', { ...sample, bytes: 0.5 })).toEqual({
      invalid: 'mcp.called',
    })
  })
})
