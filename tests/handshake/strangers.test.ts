import { describe, expect, it } from 'vitest'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { noiseOf } from '@/lib/handshake/noise'
import { claudeCode, hostedClaude } from '../support/clients/claude-clients'
import { handshakeEvent } from '../support/handshakes/handshake-event'
import { joinAll } from '../support/handshakes/joined'
import {
  clientIdOf,
  type Recorded,
  recordAttempt,
  type Variation,
  withIds,
} from '../support/handshakes/recorded-attempt'

/** What somebody else sends, from another address, while a person connects (issue: forged evidence). */

const startsAt = Date.UTC(2026, 10, 23)
const elsewhere = { address: '192.0.2.66' }
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const documentId = 'https://claude.ai/oauth/mcp-oauth-client-metadata'
const no = { outcome: 'refused' } as const

const hosted = (more: Partial<Variation> = {}) =>
  recordAttempt(hostedClaude, { key: '1', startsAt, personTakes: 20_000, ...more })

const at = (events: readonly Recorded[], name: HandshakeEvent['name']): number =>
  events.find((event) => event.name === name)?.at ?? 0

const badToken = (when: number, clientId: string, given: Partial<HandshakeEvent> = elsewhere) =>
  handshakeEvent('token.refused', when, {
    ...no,
    ...given,
    clientId,
    path: '/token',
    status: 400,
    detail: { error: 'invalid_grant', reason: { kind: 'code-unknown' } },
  })

const visit = (
  name: 'authorization.refused' | 'authorization.requested',
  when: number,
  given: Partial<HandshakeEvent>,
) =>
  handshakeEvent(name, when, {
    ...(name === 'authorization.refused' ? { ...no, status: 400 } : { status: 303 }),
    method: 'GET',
    path: '/authorize',
    userAgent: firefox,
    clientId: documentId,
    ...elsewhere,
    ...given,
  })

/** The handshake of the person among all, and what else there is. */
function joined(own: readonly Recorded[], forged: readonly HandshakeEvent[], now?: number) {
  const handshakes = joinAll(withIds([...own, ...forged]), now)
  const person = handshakes.find(({ events }) =>
    events.some(
      ({ grantId, interactionId }) =>
        (grantId ?? interactionId) !== null &&
        own.some((event) => event.interactionId !== null && event.interactionId === interactionId),
    ),
  )
  const others = handshakes.filter((handshake) => handshake !== person)
  return { person, others }
}

const isWhole = (own: readonly Recorded[], { person }: ReturnType<typeof joined>) =>
  expect(person?.events.map(({ requestId, name }) => [requestId, name])).toEqual(
    own.map(({ requestId, name }) => [requestId, name]),
  )

describe.each(['dynamic', 'metadata-document', 'pre-registered'] as const)(
  'bad token requests that name the client (%s)',
  (identification) => {
    const own = hosted({ identification })
    const clientId = clientIdOf(hostedClaude, { key: '1', startsAt, identification })
    const code = at(own, 'code.issued')
    const forged = [badToken(code + 1, clientId), badToken(code + 2, clientId)]

    it('are no part of the attempt whose code is waited for', () => {
      isWhole(own, joined(own, forged))
      expect(joined(own, forged).person?.verdict).toEqual({ kind: 'connected' })
    })

    it('do not fail it while it waits', () => {
      const waiting = own.filter((event) => event.at <= code)
      expect(joined(waiting, forged, code + 1000).person?.verdict).toEqual({ kind: 'in-progress' })
    })

    it('are one attempt of their own, of which nobody is told', () => {
      const { others } = joined(own, forged)
      expect(others.map(({ verdict, events }) => [verdict, events.length])).toEqual([
        [{ kind: 'failed', stage: 'token-issued' }, 2],
      ])
      expect(others.map((other) => [other.surface, noiseOf(other)])).toEqual([
        ['unknown', 'no client was identified'],
      ])
    })

    it('do join where the client itself sends them', () => {
      const sent = badToken(code + 1, clientId, { ...elsewhere, address: '160.79.106.180' })
      const { person } = joined(
        own.filter((event) => event.at <= code),
        [sent],
        code + 1000,
      )
      expect(person?.verdict).toEqual({ kind: 'failed', stage: 'token-issued' })
    })
  },
)

it('bad token requests join a client of a person’s machine from its address alone', () => {
  const own = recordAttempt(claudeCode, { key: '1', startsAt, until: 'code-issued' })
  const code = at(own, 'code.issued')
  const home = own[0]?.address ?? null
  const kindOf = (given: Partial<HandshakeEvent>) =>
    joined(own, [badToken(code + 1, 'client_1', given)], code + 1000).person?.verdict.kind
  expect([kindOf({ address: home }), kindOf(elsewhere)]).toEqual(['failed', 'in-progress'])
})

describe('a stranger who calls themselves hosted Claude', () => {
  const own = hosted({ identification: 'metadata-document' })
  const asClaude = { ...elsewhere, userAgent: 'Claude-User' }
  const challenge = (when: number, given: Partial<HandshakeEvent>) =>
    handshakeEvent('mcp.challenged', when, {
      ...no,
      status: 401,
      detail: { reason: { kind: 'no-credentials' } },
      ...given,
    })

  it('gets into no attempt of it, after the token or before', () => {
    const forged = [
      challenge(startsAt + 100, asClaude),
      handshakeEvent('server-metadata.served', startsAt + 200, {
        ...elsewhere,
        userAgent: 'python-httpx/0.28.1',
      }),
      challenge(at(own, 'token.issued') + 10, asClaude),
      handshakeEvent('exchange.failed', at(own, 'token.issued') + 11, { ...asClaude, status: 500 }),
    ]
    isWhole(own, joined(own, forged))
  })

  it('does not draw the browser of a person to a discovery that they made up', () => {
    const browser = own.filter((event) => event.at >= at(own, 'authorization.requested'))
    const before = at(own, 'authorization.requested') - 500
    const forged = [
      challenge(before, asClaude),
      handshakeEvent('resource-metadata.served', before + 10, asClaude),
      handshakeEvent('server-metadata.served', before + 20, asClaude),
    ]
    isWhole(browser, joined(browser, forged))
  })
})

describe('a stranger’s browser that names the client of a metadata document', () => {
  const own = hosted({ identification: 'metadata-document' })
  const discovered = at(own, 'authorization.requested') - 20

  it('bars the person from nothing where it was refused', () => {
    const { person } = joined(own, [visit('authorization.refused', discovered, {})])
    expect(person?.verdict).toEqual({ kind: 'connected' })
    expect(person?.clientId).toBe(documentId)
    expect(person?.events.length).toBeGreaterThanOrEqual(own.length)
  })

  it('nor where it named a client that nobody knows', () => {
    const forged = visit('authorization.refused', discovered, { clientId: 'client_gone' })
    const { person } = joined(own, [forged])
    expect(person?.verdict).toEqual({ kind: 'connected' })
    expect(person?.clientId).toBe(documentId)
    expect(person?.events.length).toBeGreaterThanOrEqual(own.length)
  })

  it('gets into nothing where it has tried before, under whatever name', () => {
    const tries = [50_000, 40_000, 30_000].map((before) =>
      visit('authorization.refused', startsAt - before, { userAgent: `x/${before}` }),
    )
    const forged = [...tries, visit('authorization.refused', discovered, { userAgent: 'x/1' })]
    isWhole(own, joined(own, forged))
  })

  it('nor where it asks and asks and never signs in', () => {
    const asked = [50_000, 40_000, 30_000, 20_000].map((before) =>
      visit('authorization.requested', startsAt - before, {
        userAgent: `x/${before}`,
        interactionId: `int_x_${before}`,
      }),
    )
    const again = { userAgent: 'x/1', interactionId: 'int_x_1' }
    const forged = [...asked, visit('authorization.requested', discovered, again)]
    isWhole(own, joined(own, forged))
  })
})

it('who learnt the id of a registration and comes first does not part the person from it', () => {
  const own = hosted()
  const request = at(own, 'authorization.requested')
  const first = visit('authorization.requested', request - 10, {
    clientId: 'client_1',
    interactionId: 'int_x',
  })
  const { person } = joined(own, [first])
  expect(person?.verdict).toEqual({ kind: 'connected' })
  expect(person?.events[0]?.name).toBe('mcp.challenged')
})

it('who guesses at the person’s password elsewhere, with the same browser, is no part of it', () => {
  const own = hosted()
  const { userAgent } = own.find(({ name }) => name === 'consent.shown') as Recorded
  const guess = handshakeEvent('operator.refused', at(own, 'authorization.requested') + 10, {
    ...no,
    ...elsewhere,
    userAgent,
    userId: 'user_1',
    path: '/sign-in',
  })
  isWhole(own, joined(own, [guess]))
})

it('a machine stays the same while its IPv6 address changes within its network', () => {
  const own = recordAttempt(claudeCode, { key: '1', startsAt }).map((event, place) => ({
    ...event,
    address: `2001:db8:0:7::${place + 1}`,
  }))
  const { person, others } = joined(own, [])
  expect([person?.verdict.kind, others]).toEqual(['connected', []])
})
