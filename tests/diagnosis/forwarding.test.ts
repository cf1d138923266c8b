import { describe, expect, test } from 'vitest'
import {
  type Forwarding,
  type HopsFault,
  hopsFault,
  hopsSentence,
  type OwnArrival,
} from '@/lib/diagnosis/forwarding'

const origin = 'https://portico.example'
const nothing: Forwarding = { own: null, others: [], otherHeader: false }
const direct: OwnArrival = { entries: 0, proxied: false }
const through = (entries: number): OwnArrival => ({ entries, proxied: true })

type Case = readonly [string, Partial<Forwarding>, number, Pick<HopsFault, 'kind' | 'hops'> | null]

const cases: readonly Case[] = [
  ['nothing was seen', {}, 0, null],
  ['nothing was seen, and a proxy is set', {}, 1, null],
  ['nobody forwards', { own: direct, others: [50] }, 0, null],
  ['one proxy, none set', { own: through(1) }, 0, { kind: 'too-few', hops: 1 }],
  ['two proxies, one set', { own: through(2) }, 1, { kind: 'too-few', hops: 2 }],
  ['one proxy, one set', { own: through(1) }, 1, null],
  [
    'one proxy, one set, and a client that makes up more',
    { own: through(1), others: [0, 3, 9] },
    1,
    null,
  ],
  ['one proxy, one set, and a check that comes past it', { own: through(1), others: [9] }, 1, null],
  ['one proxy, two set', { own: through(1), others: [0, 5] }, 2, { kind: 'too-many', hops: 1 }],
  ['no proxy, one set', { own: direct }, 1, { kind: 'too-many', hops: 0 }],
  ['a look that stays inside', { own: through(1), others: [0, 1, 9] }, 2, null],
  ['a proxy that says nothing', { own: through(0) }, 0, { kind: 'not-forwarded', hops: 1 }],
  ['only X-Real-IP was seen', { otherHeader: true }, 0, { kind: 'not-forwarded', hops: 1 }],
  [
    'only others are known: the fewest count',
    { others: [3, 0, 2, 1] },
    0,
    { kind: 'too-few', hops: 2 },
  ],
  ['only others are known, fewer than set', { others: [0, 9] }, 2, { kind: 'too-many', hops: 1 }],
  ['only others are known, and one is short', { others: [1, 9] }, 1, null],
]

describe('hopsFault', () => {
  test.each(cases)('%s', (_, seen, proxyHops, expected) => {
    const fault = hopsFault({ ...nothing, ...seen }, { origin, proxyHops })
    if (expected) expect(fault).toMatchObject(expected)
    else expect(fault).toBeNull()
  })

  test('is certain of what came back to it, and of nothing else', () => {
    const set = { origin, proxyHops: 0 }
    expect(hopsFault({ ...nothing, own: through(1) }, set)?.isCertain).toBe(true)
    expect(hopsFault({ ...nothing, others: [0, 1] }, set)?.isCertain).toBe(false)
    // its own came straight here: a header alone proves no proxy
    expect(hopsFault({ ...nothing, own: direct, others: [0, 1] }, set)?.isCertain).toBe(false)
  })

  test('lets a machine of one’s own say more proxies than there are', () => {
    const set = { origin: 'http://localhost:3000', proxyHops: 1 }
    expect(hopsFault({ ...nothing, own: direct }, set)).toBeNull()
  })
})

test.each<[HopsFault, number]>([
  [{ kind: 'too-few', hops: 1, isCertain: true }, 0],
  [{ kind: 'too-few', hops: 2, isCertain: false }, 0],
  [{ kind: 'too-many', hops: 0, isCertain: true }, 1],
  [{ kind: 'too-many', hops: 1, isCertain: true }, 2],
  [{ kind: 'not-forwarded', hops: 1, isCertain: true }, 0],
])('the sentence of %j offers the right number', (fault, set) => {
  const sentence = hopsSentence(fault, set)
  expect(sentence).toContain(`set PORTICO_PROXY_HOPS=${fault.hops}`)
  expect(sentence.includes('\n')).toBe(false)
})
