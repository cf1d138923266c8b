import { describe, expect, it } from 'vitest'
import { beyondShares, crowdOf } from '@/lib/crowd'
import { join } from '@/lib/handshake/join'
import { forget, JoinState, maxLoose, maxUnattended } from '@/lib/handshake/join-state'
import { laneOf } from '@/lib/handshake/lane'
import { networkOf } from '@/lib/http/address'
import { handshakeEvent } from '../support/handshakes/handshake-event'

const startsAt = Date.UTC(2026, 10, 28)

const from = (address: string) => crowdOf({ address, network: networkOf(address) })

describe('a crowd', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2a00:1450:4001:82a::200e', '2a00:1450:4001::/48'],
    ['2a00::1', '2a00:0:0::/48'],
    ['10.0.0.7', 'private'],
    ['127.0.0.1', 'loopback'],
    ['160.79.106.35', 'anthropic'],
  ])('of %s is %s', (address, crowd) => {
    expect(from(address)).toBe(crowd)
  })

  const sizes = (kept: readonly string[]) => {
    const counts: Record<string, number> = {}
    for (const [crowd = ''] of kept) counts[crowd] = (counts[crowd] ?? 0) + 1
    return counts
  }
  const crowded = (counts: Readonly<Record<string, number>>): string[] =>
    Object.entries(counts).flatMap(([crowd, count]) =>
      Array.from({ length: count }, (_, at) => `${crowd}${at}`),
    )

  it.each([
    [{ a: 3, b: 2 }, 5, { a: 3, b: 2 }],
    [{ a: 1000, b: 2 }, 10, { a: 8, b: 2 }],
    [{ a: 500, b: 400, c: 1 }, 101, { a: 50, b: 50, c: 1 }],
  ])('keeps its share: of %j in %i places, %j', (counts, most, kept) => {
    const things = crowded(counts)
    const gone = new Set(beyondShares(things, most, (one) => one[0] ?? ''))
    expect(sizes(things.filter((one) => !gone.has(one)))).toEqual(kept)
    // the newest of each stay
    expect(gone.has(`a${counts.a - 1}`)).toBe(false)
  })

  it('has no share where there are more crowds than places: the newest of all stay', () => {
    const things = Array.from({ length: 20 }, (_, at) => String(at))
    expect(beyondShares(things, 5, (one) => one)).toEqual(things.slice(0, 15))
  })
})

describe('attempts of strangers', () => {
  const registered = (at: number, address: string, clientId: string) =>
    handshakeEvent('client.registered', at, { address, clientId, path: '/register', status: 201 })

  it('are remembered up to a bound, and an honest one among them', () => {
    const state = new JoinState()
    join(state, registered(startsAt, '198.51.100.4', 'honest'))
    for (let at = 1; at <= 5000; at += 1) {
      join(state, registered(startsAt + at, '203.0.113.7', `flood ${at}`))
      expect(state.attempts.size).toBeLessThanOrEqual(maxUnattended + 101)
    }
    forget(state, startsAt + 5000)
    const clients = [...state.attempts.values()].map(({ clientId }) => clientId)
    expect(clients).toContain('honest')
    expect(clients).toContain('flood 5000')
    expect(state.isCrowded).toBe(true)
    // nothing that leads to a forgotten one is kept
    expect(state.byRequest.size).toBe(state.attempts.size)
  })

  it('never push out one in which a person takes part', () => {
    const state = new JoinState()
    const ids = { clientId: 'c', interactionId: 'int_1', path: '/consent' }
    for (let at = 0; at < 50; at += 1) {
      const of = { ...ids, clientId: `c${at}`, interactionId: `int_${at}` }
      join(state, handshakeEvent('authorization.requested', startsAt + at, of))
      join(state, handshakeEvent('consent.shown', startsAt + at, { ...of, userId: 'user_1' }))
    }
    for (let at = 1; at <= 2000; at += 1) {
      join(state, registered(startsAt + 100 + at, '203.0.113.7', `flood ${at}`))
    }
    const persons = [...state.attempts.values()].filter(({ lane }) => lane === 'person')
    expect(persons).toHaveLength(50)
  })

  it('leave a bounded number of requests that belong to none, of each crowd its share', () => {
    const state = new JoinState()
    const served = (at: number, address: string) =>
      handshakeEvent('resource-metadata.served', at, { address, method: 'GET' })
    join(state, served(startsAt, '198.51.100.4'))
    for (let at = 1; at <= 3000; at += 1) join(state, served(startsAt + at, '203.0.113.7'))
    expect(state.loose.length).toBeLessThanOrEqual(maxLoose + 101)
    expect(state.loose[0]?.address).toBe('198.51.100.4')
  })
})

describe('a lane', () => {
  const user = { userId: 'user_1' }
  it.each([
    ['a refused sign-in', handshakeEvent('operator.refused', 1, user), 'stranger'],
    ['a sign-in', handshakeEvent('operator.signed-in', 1, user), 'person'],
    ['a grant', handshakeEvent('token.issued', 1, { grantId: 'grant_1' }), 'person'],
    [
      'Claude’s network',
      handshakeEvent('client.registered', 1, { address: '160.79.104.9' }),
      'claude',
    ],
    [
      'Claude’s name from elsewhere',
      handshakeEvent('client.registered', 1, { userAgent: 'Claude-User' }),
      'stranger',
    ],
  ] as const)('of %s', (_what, event, lane) => {
    expect(laneOf([handshakeEvent('mcp.challenged', 0), event])).toBe(lane)
  })
})
