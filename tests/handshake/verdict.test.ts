import { describe, expect, it } from 'vitest'
import { goldenTrace } from '@/lib/handshake/golden-trace'
import { type HandshakeEvent, stageIds } from '@/lib/handshake/handshake'
import { dueAfterMs, heldForMs, personMayTakeMs } from '@/lib/handshake/stages'
import { standingOf } from '@/lib/handshake/verdict'
import type { PlainReasonKind } from '@/lib/reasons'
import { hostedClaude } from '../support/clients/claude-clients'
import { handshakeEvent } from '../support/handshakes/handshake-event'
import { recordAttempt, withIds } from '../support/handshakes/recorded-attempt'

const startsAt = Date.UTC(2026, 10, 23)
const second = 1000
const minute = 60_000

const recorded = withIds(recordAttempt(hostedClaude, { key: '1', startsAt }))
const keyed = { clientId: 'client_1', grantId: 'grant_1', userId: 'user_1' }
const refused = { outcome: 'refused', status: 400 } as const

/** Everything up to the first event of a name, with further events after it. */
function until(name: HandshakeEvent['name'], ...more: HandshakeEvent[]): HandshakeEvent[] {
  const last = recorded.findIndex((event) => event.name === name)
  return [...recorded.slice(0, last + 1), ...more]
}

const lastOf = (events: readonly HandshakeEvent[]): number => events.at(-1)?.at ?? 0
const standingAfter = (events: readonly HandshakeEvent[], ms: number) =>
  standingOf(events, lastOf(events) + ms)

describe('an attempt that stops', () => {
  it.each([
    ['mcp.challenged', 10 * second, 'resource-metadata'],
    ['resource-metadata.served', 10 * second, 'server-metadata'],
    ['server-metadata.served', 15 * second, 'client-identified'],
    ['client.registered', 30 * second, 'authorization-requested'],
    ['authorization.requested', 30 * minute, 'signed-in'],
    ['operator.signed-in', 30 * minute, 'consent-shown'],
    ['consent.shown', 30 * minute, 'decided'],
    ['consent.granted', 5 * second, 'code-issued'],
    ['code.issued', 15 * second, 'token-issued'],
    ['token.issued', 15 * second, 'first-mcp-request'],
  ] as const)('after %s is under way for %i ms, then stalled at %s', (name, ms, stage) => {
    const events = until(name)
    // a person may take half an hour from the request on, whatever they did meanwhile
    const asked = events.find((event) => event.name === 'authorization.requested')?.at
    const isPersons = dueAfterMs[stage] === null
    const over = (isPersons ? (asked ?? 0) : lastOf(events)) + ms
    const before = standingOf(events, over - 1)
    expect([before.verdict, before.stage, before.lookAgainAt]).toEqual([
      { kind: 'in-progress' },
      stage,
      over,
    ])
    expect(before.dueAt).toBe(isPersons ? null : over)
    expect(before.stages.find(({ id }) => id === stage)?.state).toBe('waiting')
    const stalled = standingOf(events, over)
    expect(stalled).toMatchObject({ verdict: { kind: 'stalled', stage }, since: over, stage })
    expect(stalled.lookAgainAt).toBeNull()
    expect(stalled.stages.find(({ id }) => id === stage)?.state).toBe('missing')
    const later = stageIds.slice(stageIds.indexOf(stage) + 1)
    expect(stalled.stages.filter(({ state }) => state === 'pending').map(({ id }) => id)).toEqual(
      later,
    )
  })

  it.each(['consent.held', 'consent.approved'] as const)(
    'after %s, late in its time, is waited for until that is over, and not until the person’s time is',
    (name) => {
      const events = until('consent.shown')
      const asked = events.find((event) => event.name === 'authorization.requested')?.at ?? 0
      const at = asked + personMayTakeMs - second
      const held = [...events, handshakeEvent(name, at, { ...keyed, grantId: null })]
      expect(standingOf(held, at + heldForMs - 1)).toMatchObject({
        verdict: { kind: 'in-progress' },
        stage: 'decided',
        lookAgainAt: at + heldForMs,
      })
      expect(standingOf(held, at + heldForMs)).toMatchObject({
        verdict: { kind: 'stalled', stage: 'decided' },
      })
      // held early, it has all of the person's time
      const early = [...events, handshakeEvent(name, asked + second, { ...keyed, grantId: null })]
      expect(standingOf(early, asked + personMayTakeMs - 1).verdict.kind).toBe('in-progress')
    },
  )

  it('is judged anew when the event comes after all', () => {
    const events = until('token.issued')
    expect(standingAfter(events, 20 * second)).toMatchObject({
      verdict: { kind: 'stalled' },
      unused: true,
    })
    const late = handshakeEvent('mcp.initialized', lastOf(events) + 40 * second, keyed)
    const corrected = standingAfter([...events, late], 0)
    expect(corrected).toMatchObject({ verdict: { kind: 'connected' }, unused: false })
    expect(corrected.connectedAt).toBe(late.at)
  })
})

describe('an attempt that is refused', () => {
  const at = (ms: number) => startsAt + minute + ms
  it.each<[HandshakeEvent['name'], HandshakeEvent, string]>([
    [
      'server-metadata.served',
      handshakeEvent('client.refused', at(0), refused),
      'client-identified',
    ],
    [
      'server-metadata.served',
      handshakeEvent('request.throttled', at(0), { ...refused, status: 429, path: '/register' }),
      'client-identified',
    ],
    [
      'client.registered',
      handshakeEvent('authorization.refused', at(0), refused),
      'authorization-requested',
    ],
    ['code.issued', handshakeEvent('token.refused', at(0), refused), 'token-issued'],
    [
      'code.issued',
      handshakeEvent('exchange.failed', at(0), { status: 500, path: '/token' }),
      'token-issued',
    ],
    [
      'token.issued',
      handshakeEvent('mcp.challenged', at(0), { ...refused, ...keyed }),
      'first-mcp-request',
    ],
    [
      'token.issued',
      handshakeEvent('mcp.challenged', at(0), { ...refused, detail: { error: 'invalid_token' } }),
      'first-mcp-request',
    ],
    [
      'token.issued',
      handshakeEvent('mcp.refused', at(0), { ...refused, ...keyed, status: 406 }),
      'first-mcp-request',
    ],
  ])('after %s has failed: %o', (name, refusal, stage) => {
    const standing = standingAfter(until(name, refusal), 0)
    expect(standing).toMatchObject({ verdict: { kind: 'failed', stage }, since: refusal.at, stage })
    expect(standing.stages.find(({ id }) => id === stage)).toMatchObject({
      state: 'failed',
      at: refusal.at,
      events: [refusal.id],
    })
  })

  it('goes on when the next try succeeds', () => {
    const refusal = handshakeEvent('token.refused', at(0), refused)
    const issued = handshakeEvent('token.issued', at(500), keyed)
    expect(standingAfter(until('code.issued', refusal, issued), 0)).toMatchObject({
      verdict: { kind: 'in-progress' },
      stage: 'first-mcp-request',
    })
  })

  it('by the person is no failure', () => {
    const denied = handshakeEvent('consent.denied', at(0), refused)
    expect(standingAfter(until('consent.shown', denied), minute)).toMatchObject({
      verdict: { kind: 'refused-by-operator' },
      stage: 'decided',
    })
  })

  it('for what need not be served goes on', () => {
    const get = handshakeEvent('mcp.refused', at(0), { ...refused, ...keyed, status: 405 })
    expect(standingAfter(until('token.issued', get), 0).stage).toBe('first-mcp-request')
    expect(standingAfter(until('token.issued', get), 0).verdict.kind).not.toBe('failed')
  })
})

describe('a connection', () => {
  const connectedAt = lastOf(recorded)
  const some = (name: HandshakeEvent['name'], ms: number, given: Partial<HandshakeEvent> = {}) =>
    handshakeEvent(name, connectedAt + ms, { ...keyed, ...given })
  const refusal = (ms: number, kind: PlainReasonKind) =>
    some('mcp.challenged', ms, { ...refused, detail: { reason: { kind } } })
  it.each<[string, HandshakeEvent[], number, string]>([
    ['that goes on', [some('mcp.called', 1)], 0, 'connected'],
    ['that is refused', [refusal(1, 'token-unknown')], 0, 'degraded'],
    [
      'that is answered again',
      [refusal(1, 'token-unknown'), some('mcp.called', 2)],
      0,
      'connected',
    ],
    ['whose token expired', [refusal(1, 'token-expired')], 0, 'connected'],
    ['whose token expired and is not refreshed', [refusal(1, 'token-expired')], 30_000, 'degraded'],
    [
      'that refreshed',
      [refusal(1, 'token-expired'), some('token.refreshed', 900)],
      60_000,
      'connected',
    ],
    [
      'whose refreshes raced',
      [some('token.refreshed', 1, { detail: { grace: true } })],
      0,
      'connected',
    ],
    ['whose refresh is refused', [some('token.refused', 1, refused)], 0, 'degraded'],
    [
      'whose refresh token was reused',
      [some('token.reused', 1), some('mcp.called', 2)],
      0,
      'degraded',
    ],
    [
      'that a person revoked',
      [
        some('grant.revoked', 1, { detail: { reason: { kind: 'revoked-by-person' } } }),
        refusal(2, 'token-revoked'),
      ],
      0,
      'connected',
    ],
    [
      'that replay revoked',
      [some('grant.revoked', 1, { detail: { reason: { kind: 'code-replayed' } } })],
      0,
      'degraded',
    ],
    ['that is paused', [some('grant.paused', 1), refusal(2, 'grant-paused')], 0, 'connected'],
    ['that asks for what is optional', [some('mcp.refused', 1, { status: 405 })], 0, 'connected'],
    ['whose tool fails', [some('mcp.called', 1, { outcome: 'failed' })], 0, 'connected'],
    [
      'that is refused time and again',
      [1, 3, 5].flatMap((ms) => [refusal(ms, 'token-unknown'), some('mcp.called', ms + 1)]),
      0,
      'degraded',
    ],
  ])('%s', (_, more, ms, kind) => {
    expect(standingAfter([...recorded, ...more], ms).verdict.kind).toBe(kind)
  })

  it('waits for the tools, and stays one when they are not asked for', () => {
    const events = until('mcp.notified')
    expect(standingAfter(events, 0)).toMatchObject({
      verdict: { kind: 'connected' },
      stage: 'tools-listed',
    })
    const missing = standingAfter(events, minute)
    expect(missing.verdict.kind).toBe('connected')
    expect(missing.stages.at(-1)?.state).toBe('missing')
  })
})

describe('the golden trace', () => {
  it('has every step, in order, each in time', () => {
    expect(goldenTrace.map(({ stage }) => stage)).toEqual(stageIds)
    for (const [at, { stage, offsetMs, afterMs }] of goldenTrace.entries()) {
      const gap = offsetMs - (goldenTrace[at - 1]?.offsetMs ?? 0)
      const due = dueAfterMs[stage] ?? personMayTakeMs
      expect(gap).toBeLessThan(due)
      if (afterMs) expect(gap).toBeGreaterThanOrEqual(afterMs[0])
      if (afterMs) expect(gap).toBeLessThanOrEqual(afterMs[1])
    }
  })
})

it('an absorbed quirk beside a refusal is no answer', () => {
  const given = { ...keyed, userAgent: 'Claude-User', address: '160.79.106.35' }
  const at = lastOf(until('token.issued')) + 500
  const quirk = handshakeEvent('mcp.quirk_absorbed', at, { ...given, status: null })
  const refusal = handshakeEvent('mcp.refused', at + 1, { ...given, ...refused, status: 405 })
  const { verdict, connectedAt } = standingAfter(until('token.issued', quirk, refusal), 20 * second)
  expect([verdict, connectedAt]).toEqual([{ kind: 'stalled', stage: 'first-mcp-request' }, null])
})
