import { describe, expect, it } from 'vitest'
import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { clientScripts, hostedClaude } from '../support/clients/claude-clients'
import { handshakeEvent } from '../support/handshakes/handshake-event'
import { joinAll } from '../support/handshakes/joined'
import { type Recorded, recordAttempt, withIds } from '../support/handshakes/recorded-attempt'

const startsAt = Date.UTC(2026, 10, 23)
const minute = 60_000

const surfaces: Readonly<Record<string, Handshake['surface']>> = {
  'Claude (hosted)': 'claude-hosted',
  'Claude Code': 'claude-code',
  Cursor: 'cursor',
  'VS Code': 'vscode',
  'MCP Inspector': 'inspector',
  Codex: 'codex',
  'mcp-remote': 'mcp-remote',
  'Gemini CLI': 'gemini-cli',
}

const egress = { address: '160.79.106.122' }
const control = { ...egress, userAgent: 'python-httpx/0.28.1' }
const data = { ...egress, userAgent: 'Claude-User' }
const refused = {
  outcome: 'refused',
  status: 401,
  detail: { reason: { kind: 'no-credentials' } },
} as const

const knock = (at: number, given: Partial<HandshakeEvent> = control) =>
  handshakeEvent('mcp.challenged', at, { ...refused, ...given })

const inTime = (...events: readonly (Recorded | HandshakeEvent)[]) => withIds(events)

const attempt = (
  key: string,
  at: number,
  more: Partial<Parameters<typeof recordAttempt>[1]> = {},
) => recordAttempt(hostedClaude, { key, startsAt: at, ...more })

const kindsOf = (handshakes: readonly Handshake[]) => handshakes.map(({ verdict }) => verdict.kind)

describe('an attempt of one client', () => {
  const variants = clientScripts.flatMap((script) =>
    (['dynamic', 'metadata-document', 'pre-registered'] as const).map((identification) => ({
      name: `${script.name}, ${identification}`,
      script,
      identification,
    })),
  )
  it.each(variants)('is one handshake: $name', ({ script, identification }) => {
    const events = withIds(recordAttempt(script, { key: '1', startsAt, identification }))
    const [handshake, ...others] = joinAll(events)
    expect(others).toEqual([])
    expect(handshake?.events).toEqual(events)
    const known = identification !== 'pre-registered'
    expect(handshake).toMatchObject({
      id: `hs_${events[0]?.id}`,
      verdict: { kind: 'connected' },
      surface: surfaces[script.name] ?? 'unknown',
      // whoever registered before is told by the record of the client
      identification: known ? identification : null,
      era: script.revision === '2026-07-28' ? 'stateless' : 'session',
      startedAt: events[0]?.at,
    })
    expect(handshake?.stages.filter(({ state }) => state !== 'done').map(({ id }) => id)).toEqual(
      known ? [] : ['client-identified'],
    )
  })
})

describe('what opens no handshake', () => {
  const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
  it.each<[string, HandshakeEvent]>([
    [
      'a document on its own',
      handshakeEvent('resource-metadata.served', 1, { userAgent: 'curl/8.9' }),
    ],
    ['the other document', handshakeEvent('server-metadata.served', 1, { userAgent: 'curl/8.9' })],
    [
      'a document that is missing',
      handshakeEvent('well-known.missed', 1, { userAgent: 'zgrab/0.x' }),
    ],
    ['a path that a scanner tries', handshakeEvent('path.missed', 1, { userAgent: 'zgrab/0.x' })],
    ['a page that a person mistypes', handshakeEvent('path.missed', 1, { userAgent: browser })],
    [
      'an authorization without client',
      handshakeEvent('authorization.refused', 1, { userAgent: browser }),
    ],
    ['a person who signs in', handshakeEvent('operator.signed-in', 1, { userId: 'user_1' })],
    ['a token of an unknown grant', handshakeEvent('token.refreshed', 1, { grantId: 'grant_old' })],
  ])('%s', (_, event) => {
    expect(joinAll([event])).toEqual([])
  })
})

describe('what opens one', () => {
  it.each<[string, HandshakeEvent]>([
    ['a challenge', knock(1)],
    ['a challenge of a client that nobody knows', knock(1, { userAgent: 'some-client/1.0' })],
    [
      'a registration',
      handshakeEvent('client.registered', 1, { ...control, clientId: 'client_1' }),
    ],
    ['a registration that is refused', handshakeEvent('client.refused', 1, control)],
    [
      'a request for authorization',
      handshakeEvent('authorization.requested', 1, { clientId: 'c', interactionId: 'i' }),
    ],
    [
      'one that is refused',
      handshakeEvent('authorization.refused', 1, { clientId: 'client_gone' }),
    ],
    [
      'a wrong path of a known product',
      handshakeEvent('path.missed', 1, { ...control, path: '/' }),
    ],
    ['a foreign origin', handshakeEvent('mcp.refused', 1, { status: 403, outcome: 'refused' })],
  ])('%s', (_, event) => {
    expect(joinAll([event]).map(({ events }) => events)).toEqual([[event]])
  })
})

describe('after a connection', () => {
  const connected = attempt('1', startsAt)
  const end = connected.at(-1)?.at ?? 0

  it('probes of either half of hosted Claude belong to no handshake', () => {
    const probes = [3, 10, 18].flatMap((after) => [
      knock(end + after * minute),
      knock(end + after * minute + 300, data),
    ])
    const [handshake, ...others] = joinAll(inTime(...connected, ...probes))
    expect(others).toEqual([])
    expect(handshake?.events).toHaveLength(connected.length)
  })

  it('a probe that goes on is an attempt, with its first request', () => {
    const second = attempt('2', end + 5 * minute)
    const handshakes = joinAll(inTime(...connected, knock(end + minute), ...second))
    expect(handshakes.map(({ events }) => events.length)).toEqual([connected.length, second.length])
    expect(kindsOf(handshakes)).toEqual(['connected', 'connected'])
  })

  it('ordinary traffic is no part of it, and trouble is, until it is overcome', () => {
    const keyed = { ...data, grantId: 'grant_1', clientId: 'client_1', userId: 'user_1' }
    const hour = end + 60 * minute
    const trouble = handshakeEvent('mcp.challenged', hour, {
      ...keyed,
      ...refused,
      detail: { reason: { kind: 'token-revoked' } },
    })
    const handshakes = joinAll(
      inTime(
        ...connected,
        handshakeEvent('mcp.called', hour - minute, keyed),
        trouble,
        handshakeEvent('token.refreshed', hour + 1000, keyed),
        handshakeEvent('mcp.called', hour + 2000, keyed),
      ),
    )
    const names = handshakes.map(({ events }) =>
      events.slice(connected.length).map(({ name }) => name),
    )
    expect(names).toEqual([['mcp.challenged', 'token.refreshed']])
    expect(kindsOf(handshakes)).toEqual(['connected'])
  })
})

describe('a retry', () => {
  it.each([60, 80, 101])(
    'of hosted Claude %i s later is a new attempt, linked to the first',
    (after) => {
      const first = attempt('1', startsAt, { until: 'token-issued' })
      const second = attempt('2', (first.at(-1)?.at ?? 0) + after * 1000)
      const [failed, retry, ...others] = joinAll(inTime(...first, ...second))
      expect(others).toEqual([])
      expect(failed?.verdict).toEqual({ kind: 'stalled', stage: 'first-mcp-request' })
      expect(retry?.verdict).toEqual({ kind: 'connected' })
      expect([failed?.retryOf, retry?.retryOf]).toEqual([null, failed?.id])
    },
  )

  it('of several is linked to each in its turn', () => {
    const firsts = ['1', '2', '3'].map((key, at) =>
      attempt(key, startsAt + at * 100, { until: 'token-issued' }),
    )
    const seconds = ['4', '5', '6'].map((key, at) => attempt(key, startsAt + 90_000 + at * 100))
    const handshakes = joinAll(inTime(...firsts.flat(), ...seconds.flat()))
    const [a, b, c, ...retries] = handshakes
    expect(retries.map(({ retryOf }) => retryOf)).toEqual([a?.id, b?.id, c?.id])
  })

  it('is none while the first is under way', () => {
    const both = inTime(...attempt('1', startsAt), ...attempt('2', startsAt + 500))
    expect(joinAll(both).map(({ retryOf }) => retryOf)).toEqual([null, null])
  })
})

describe('requests without a token', () => {
  it('that follow the token are evidence of it', () => {
    const events = attempt('1', startsAt, { until: 'token-issued' })
    const stripped = knock((events.at(-1)?.at ?? 0) + 500, data)
    const [handshake, ...others] = joinAll(inTime(...events, stripped))
    expect(others).toEqual([])
    expect(handshake?.events.at(-1)).toMatchObject({
      name: 'mcp.challenged',
      userAgent: 'Claude-User',
    })
  })

  it('of hosted Claude’s other half belong to the attempt that is under way', () => {
    const events = attempt('1', startsAt, { personTakes: 60_000 })
    const others = [5000, 5200].map((after) => knock(startsAt + after, data))
    expect(joinAll(inTime(...events, ...others)).map((one) => one.events.length)).toEqual([
      events.length + 2,
    ])
  })

  it('of a monitor are one attempt that never goes on', () => {
    const monitor = { address: '198.51.100.9', userAgent: 'uptime-monitor/2' }
    const knocks = Array.from({ length: 30 }, (_, at) => knock(startsAt + at * 5 * minute, monitor))
    const handshakes = joinAll(knocks)
    expect(handshakes.map(({ events, verdict }) => [events.length, verdict])).toEqual([
      [30, { kind: 'stalled', stage: 'resource-metadata' }],
    ])
  })
})

describe('a person', () => {
  it('who reloads the consent stays in the same attempt', () => {
    const events = attempt('1', startsAt, {
      identification: 'metadata-document',
      until: 'consent-shown',
    })
    const request = events.find(({ name }) => name === 'authorization.requested') as Recorded
    const at = request.at + 5000
    const again = { ...request, at, requestId: 'again', interactionId: 'int_again' }
    const [handshake, ...others] = joinAll(inTime(...events, again))
    expect(others).toEqual([])
    expect(handshake?.interactionId).toBe('int_again')
  })

  it('who signs in for something else is no part of an attempt', () => {
    const events = attempt('1', startsAt, { until: 'authorization-requested' })
    const other = handshakeEvent('operator.signed-in', startsAt + 5000, { userId: 'user_other' })
    const rest = attempt('1', startsAt).slice(events.length)
    const [handshake] = joinAll(inTime(...events, other, ...rest))
    const signedIn = handshake?.events.filter(({ name }) => name === 'operator.signed-in')
    expect(signedIn?.map(({ userId }) => userId)).toEqual(['user_1'])
  })

  it('who signs in with another browser meanwhile is no part of it either', () => {
    const events = attempt('1', startsAt, { until: 'authorization-requested' })
    const rest = attempt('1', startsAt).slice(events.length)
    const { userAgent } = rest.find(({ name }) => name === 'consent.shown') as Recorded
    const signIn = (given: Partial<HandshakeEvent>) =>
      handshakeEvent('operator.signed-in', startsAt + 5000, { userId: 'user_1', ...given })
    const signInsWith = (given: Partial<HandshakeEvent>) =>
      joinAll(inTime(...events, signIn(given), ...rest))[0]?.events.filter(
        ({ name }) => name === 'operator.signed-in',
      ).length
    const elsewhere = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1.15'
    expect(signInsWith({ userAgent: elsewhere })).toBe(1)
    expect(signInsWith({ userAgent, address: '2001:db8::7' })).toBe(2)
  })

  it('who signs in where no query leads back is told by the browser', () => {
    const events = attempt('1', startsAt, { until: 'authorization-requested' })
    const browser = events.find(({ name }) => name === 'authorization.requested') as Recorded
    const { address, userAgent } = browser
    const signIn = (name: 'operator.signed-in' | 'operator.refused') =>
      handshakeEvent(name, browser.at + 5000, { address, userAgent, path: '/sign-in' })
    for (const name of ['operator.signed-in', 'operator.refused'] as const) {
      const [handshake, ...others] = joinAll(inTime(...events, signIn(name)))
      expect(others).toEqual([])
      expect(handshake?.events.at(-1)?.name).toBe(name)
    }
  })

  it('whose cookie was lost is known by the page that they answered', () => {
    const events = attempt('1', startsAt, { until: 'consent-shown' })
    const { interactionId, at } = events.at(-1) as Recorded
    const path = `/consent/${interactionId}/decision`
    const bounced = handshakeEvent('exchange.answered', at + 5000, { path, status: 303 })
    const [handshake] = joinAll(inTime(...events, bounced))
    expect(handshake?.events.at(-1)?.name).toBe('exchange.answered')
  })
})

describe('a refusal that names nobody', () => {
  /** the challenge and both documents */
  const discovery = (key: string) => attempt(key, startsAt).slice(0, 3)
  const stranger = (at: number) =>
    handshakeEvent('authorization.refused', at, {
      clientId: 'client_gone',
      path: '/authorize',
      status: 400,
      outcome: 'refused',
    })
  const unreadable = (at: number) =>
    handshakeEvent('token.refused', at, { ...control, path: '/token', status: 400 })

  it('of a client that is not known belongs to whoever has just discovered', () => {
    const events = discovery('1')
    const at = (events.at(-1)?.at ?? 0) + 300
    const [handshake, ...others] = joinAll(inTime(...events, stranger(at)))
    expect(others).toEqual([])
    expect(handshake?.verdict).toEqual({ kind: 'failed', stage: 'authorization-requested' })
  })

  it('of a client that is not known is an attempt of its own where two have discovered', () => {
    const events = ['1', '2'].flatMap(discovery)
    expect(joinAll(inTime(...events, stranger(startsAt + 3000)))).toHaveLength(3)
  })

  it('of a token request that could not be read belongs to the code that waits', () => {
    const events = attempt('1', startsAt, { until: 'code-issued' })
    const at = (events.at(-1)?.at ?? 0) + 500
    const [handshake] = joinAll(inTime(...events, unreadable(at)))
    expect(handshake?.verdict).toEqual({ kind: 'failed', stage: 'token-issued' })
  })
})
