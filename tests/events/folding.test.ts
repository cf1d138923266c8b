import { describe, expect, test } from 'vitest'
import type { NewEvent } from '@/lib/events/fields'
import { isStep, networkKey, plainPath } from '@/lib/events/fold-key'
import {
  Folding,
  foldLimits,
  maxAddresses,
  maxHeld,
  type Run,
  runEnds,
} from '@/lib/recorder/folding'

/** What strangers cause is bounded, and what one of them tries is recorded whole. */

const start = Date.parse('2026-11-28T12:00:00Z')
let made = 0

/** An event of a stranger. @param after milliseconds after the start */
function event(after: number, members: Partial<NewEvent> = {}): NewEvent {
  made += 1
  return {
    at: new Date(start + after),
    name: 'path.missed',
    outcome: 'refused',
    requestId: `r${made}`,
    method: 'GET',
    path: '/wp-login.php',
    status: 404,
    address: '203.0.113.7',
    network: 'public',
    userAgent: 'scanner/1.0',
    detail: {},
    ...members,
  }
}

const challenge = { name: 'mcp.challenged', status: 401, path: '/mcp' } as const

/** The events that are written of those that happen. */
const written = (folding: Folding, events: readonly NewEvent[]): NewEvent[] =>
  events.flatMap((one) => folding.take(one))

const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Every request is in one event: what was written on its own, and what runs count beyond that. */
const counted = (rows: readonly NewEvent[], runs: readonly Run[]): number =>
  rows.length + runs.reduce((sum, { count }) => sum + count - 1, 0)

test('the same request over and over is one event that counts', () => {
  const folding = new Folding()
  const rows = written(
    folding,
    times(500, (index) => event(index)),
  )
  expect(rows).toHaveLength(foldLimits.others.whole + 1)
  expect(rows.at(-1)).toMatchObject({ fold: 'same', path: '/wp-login.php', address: '203.0.113.7' })
  const [run] = folding.due(start + 10_000)
  expect(run).toMatchObject({ count: 500 - foldLimits.others.whole, lastAt: start + 499 })
})

const differing: readonly (readonly [string, Partial<NewEvent>])[] = [
  ['path', { path: '/.env' }],
  ['answer', { status: 405, outcome: 'refused' }],
  ['reason', { detail: { reason: { kind: 'no-credentials' } } }],
  ['address', { address: '203.0.113.8' }],
  ['program', { userAgent: 'other/1.0' }],
  ['client', { clientId: 'c_1' }],
  ['name', { name: 'form.refused' }],
]
test.each(differing)('what differs in its %s is another event', (_, members) => {
  const folding = new Folding()
  written(
    folding,
    times(50, (index) => event(index)),
  )
  expect(folding.take(event(60, members))).toMatchObject([{ requestId: `r${made}` }])
})

const alike: readonly (readonly [string, Partial<NewEvent>])[] = [
  ['a number in its path', { path: '/wp-login7.php' }],
  ['the version of its program', { userAgent: 'scanner/2.0' }],
]
test.each(alike)('%s makes no event of its own', (_, members) => {
  const folding = new Folding()
  const same = { path: '/wp-login1.php' }
  written(
    folding,
    times(50, (index) => event(index, same)),
  )
  expect(folding.take(event(60, { ...same, ...members }))).toEqual([])
})

test('all addresses of an IPv6 network are one', () => {
  expect(networkKey('2001:db8:1:2:3:4:5:6')).toBe(networkKey('2001:db8:1:2::1'))
  expect(networkKey('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(networkKey('::1')).toBe('0:0:0:0::/64')
  expect(networkKey('203.0.113.7')).toBe('203.0.113.7')
})

test('a path is told apart by its words alone', () => {
  expect(plainPath('/A//12/b/')).toBe('/a/0/b')
  expect(plainPath(`/x/${'k'.repeat(40)}`)).toBe('/x/*')
  expect(plainPath('/')).toBe('/')
})

describe('what somebody is proven to be behind', () => {
  test.each(['grantId', 'sessionId', 'userId'])('is never folded: %s', (member) => {
    const folding = new Folding()
    const events = times(2000, (index) => event(index, { [member]: 'known' }))
    expect(written(folding, events)).toEqual(events)
    expect(folding.size).toBe(0)
  })

  test('but what hides its address is', () => {
    const folding = new Folding()
    const events = times(2000, (index) => event(index, { address: undefined }))
    expect(written(folding, events).length).toBeLessThan(200)
  })

  test('nor is what the server does itself', () => {
    const folding = new Folding()
    const events = times(2000, (index) =>
      event(index, { path: '/', address: undefined, network: undefined }),
    )
    expect(written(folding, events)).toEqual(events)
  })
})

test('an attempt is recorded whole while a scanner is at it', () => {
  const folding = new Folding()
  written(
    folding,
    times(5000, (index) =>
      event(index, { path: `/a${'b'.repeat(index % 30)}`, address: '198.51.100.9' }),
    ),
  )
  const names = [
    'mcp.challenged',
    'resource-metadata.served',
    'server-metadata.served',
    'client.registered',
    'authorization.requested',
  ]
  const attempt = names.map((name, index) =>
    event(5000 + index, { name, outcome: 'ok', path: '/mcp' }),
  )
  expect(written(folding, attempt)).toEqual(attempt)
})

test('hosted Claude knocks for all its users, and every knock is an event', () => {
  const folding = new Folding()
  const knocks = times(5000, (index) =>
    event(index * 10, {
      ...challenge,
      ...{ network: 'anthropic', address: `160.79.104.${index % 200}`, agent: 'Claude (hosted)' },
    }),
  )
  expect(written(folding, knocks)).toEqual(knocks)
})

test('what a known product misses is a step, what a scanner misses is none', () => {
  expect(isStep(event(0, { agent: 'Claude Code' }))).toBe(true)
  expect(isStep(event(0, { agent: 'Browser' }))).toBe(false)
  expect(isStep(event(0))).toBe(false)
})

/** Whatever a stranger can vary, varied with each request. */
const kinds: readonly (readonly [string, (index: number) => Partial<NewEvent>])[] = [
  ['path and program', (index) => ({ path: `/${letters(index)}`, userAgent: letters(index * 7) })],
  ['address', (index) => ({ path: `/${letters(index)}`, address: addressAt(index) })],
  ['challenges of all addresses', (index) => ({ ...challenge, address: addressAt(index) })],
  [
    'names, clients and addresses',
    (index) => ({
      ...(['token.refused', 'client.registered', 'authorization.refused', 'path.missed'] as const)
        .filter((_, place) => place === index % 4)
        .map((name) => ({ name }))[0],
      ...{ clientId: letters(index), address: addressAt(index) },
    }),
  ],
]

const letters = (index: number): string =>
  [...String(index)].map((digit) => String.fromCharCode(97 + Number(digit))).join('')
const addressAt = (index: number): string =>
  `2001:db8:${(index >> 8).toString(16)}:${(index & 255).toString(16)}::1`

describe.each(kinds)('of a flood that varies %s', (_, vary) => {
  const flood = times(60_000, (index) => event(index, vary(index)))
  const folding = new Folding()
  const rows = written(folding, flood)
  const names = new Set(flood.map(({ name }) => name)).size
  const bound = foldLimits.steps.all + foldLimits.others.all + maxAddresses + names

  test('a minute is a bounded number of events, and of entries in memory', () => {
    expect(rows.length).toBeLessThanOrEqual(bound)
    expect(folding.size).toBeLessThanOrEqual(2 * bound + maxHeld)
  })

  test('every request is counted once', () => {
    expect(counted(rows, folding.ended(start + 60_000, true))).toBe(flood.length)
  })

  test('nothing that stands for many tells what only one of them was', () => {
    const coarse = rows.filter(({ fold }) => fold === 'address' || fold === 'all')
    expect(coarse.length).toBeGreaterThan(0)
    for (const one of coarse) {
      expect(Object.keys(one).sort().join()).toMatch(
        /^(address,)?at,detail,fold,name,(network,)?outcome,requestId$/,
      )
      expect(one.detail).toEqual({})
    }
  })
})

test('who has sent little has room left, however much one site sends', () => {
  const folding = new Folding()
  const challenge = { name: 'mcp.challenged', outcome: 'refused' } as const
  const flood = times(3000, (index) =>
    event(index, { ...challenge, userAgent: `x${index}/1`, address: addressAt(index) }),
  )
  expect(written(folding, flood).length).toBeLessThan(foldLimits.steps.all)
  const attempt = times(10, (index) =>
    event(3000 + index, { ...challenge, path: `/step/${letters(index)}`, address: '203.0.113.80' }),
  )
  expect(written(folding, attempt)).toEqual(attempt)
})

test('of a person who connects in the middle of a flood nothing with an id is lost', () => {
  const folding = new Folding()
  const flood = (from: number) =>
    times(2000, (index) =>
      event(from + index, {
        name: 'token.refused',
        clientId: `c${index}`,
        // each of another site: there is no room left for anybody
        address: `${(index % 200) + 1}.${Math.floor(index / 200)}.7.7`,
      }),
    )
  const steps = [
    event(2500, { name: 'client.registered', outcome: 'ok', clientId: 'c_mine' }),
    event(2501, {
      ...{ name: 'authorization.requested', outcome: 'ok' },
      ...{ clientId: 'c_mine', interactionId: 'i_mine' },
    }),
  ] as const
  written(folding, flood(0))
  // not told from the flood
  expect(written(folding, steps).filter(({ interactionId }) => interactionId)).toEqual([])
  written(folding, flood(2600).slice(0, 500))
  const shown = event(9000, {
    ...{ name: 'consent.shown', outcome: 'ok', userId: 'u_mine' },
    ...{ clientId: 'c_mine', interactionId: 'i_mine' },
  })
  expect(folding.take(shown)).toEqual([...steps, shown])
  expect(folding.take(shown)).toEqual([shown])
})

test('a run ends when nothing more comes, and the next begins another', () => {
  const folding = new Folding()
  const same = (count: number, from: number) => times(count, (index) => event(from + index))
  written(folding, same(50, 0))
  expect(folding.ended(start + 1000)).toEqual([])
  for (const run of folding.due(start + 2000)) run.written = run.count
  const late = runEnds.quietMs + 1000
  expect(folding.ended(start + late).map(({ count }) => count)).toEqual([45])
  expect(folding.isActive).toBe(false)
  expect(written(folding, same(3, late))).toHaveLength(3)
})

test('a run that was not written yet is not lost to the next', () => {
  const folding = new Folding()
  written(
    folding,
    times(50, (index) => event(index)),
  )
  const late = runEnds.quietMs + 1000
  const more = times(50, (index) => event(late + index))
  written(folding, more)
  const counts = folding.due(start + late + 2000).map(({ count }) => count)
  expect(counts.sort()).toEqual([45, 45])
})

test('a count is written soon, then ever more seldom', () => {
  const folding = new Folding()
  const writes: number[] = []
  for (let after = 0; after < 300_000; after += 500) {
    folding.take(event(after))
    for (const run of folding.due(start + after)) {
      run.written = run.count
      writes.push(after)
    }
  }
  expect(writes[0]).toBeLessThanOrEqual(5000)
  expect(writes.length).toBeLessThan(15)
})
