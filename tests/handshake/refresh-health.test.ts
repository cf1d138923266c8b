import { describe, expect, it } from 'vitest'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { type RefreshTerms, refreshHealth } from '@/lib/handshake/refresh-health'
import { handshakeEvent } from '../support/handshakes/handshake-event'

const day = 24 * 3_600_000
const hour = 3_600_000
const grantedAt = Date.UTC(2026, 10, 1)
const terms: RefreshTerms = { grantedAt, idleMs: 30 * day, longestMs: 365 * day, revokedAt: null }

const at = (ms: number, name: HandshakeEvent['name'], detail: Record<string, unknown> = {}) =>
  handshakeEvent(name, grantedAt + ms, { grantId: 'grant_1', detail })
const issued = at(0, 'token.issued', { refreshTokenId: 'rt_1' })
const refreshed = (ms: number, more: Record<string, unknown> = {}) =>
  at(ms, 'token.refreshed', { refreshTokenId: 'rt_2', ...more })
const expired = (ms: number) => at(ms, 'mcp.challenged', { reason: { kind: 'token-expired' } })

describe('the refresh tokens of a connection', () => {
  it.each<[string, HandshakeEvent[], number, ReturnType<typeof refreshHealth>['state']]>([
    ['were never used', [issued], hour, 'never refreshed'],
    ['do well', [issued, refreshed(hour)], 2 * hour, 'well'],
    [
      'do well when the refresh follows the refusal',
      [issued, expired(hour), refreshed(hour + 900)],
      2 * hour,
      'well',
    ],
    ['are waited for', [issued, expired(hour)], hour + 29_000, 'never refreshed'],
    ['are missing', [issued, expired(hour)], hour + 31_000, 'refresh missing'],
    ['do well again', [issued, expired(hour), refreshed(3 * hour)], 4 * hour, 'well'],
    ['die of not being used', [issued, refreshed(hour)], 26 * day, 'dying'],
    ['are not yet warned of', [issued, refreshed(hour)], 25 * day, 'well'],
    ['have ended', [issued, refreshed(hour)], 31 * day, 'ended'],
  ])('%s', (_, events, now, state) => {
    expect(refreshHealth(events, terms, grantedAt + now).state).toBe(state)
  })

  it('have ended when the connection was revoked', () => {
    const health = refreshHealth([issued], { ...terms, revokedAt: grantedAt + 1 }, grantedAt + 2)
    expect(health).toMatchObject({ state: 'ended', diesAt: null, diesOf: null })
  })

  it('end when they are not used, and with the longest life at the latest', () => {
    const early = refreshHealth([issued, refreshed(hour)], terms, grantedAt)
    expect(early).toMatchObject({ diesAt: grantedAt + hour + 30 * day, diesOf: 'not being used' })
    const late = refreshHealth([issued, refreshed(350 * day)], terms, grantedAt)
    expect(late).toMatchObject({ diesAt: grantedAt + 365 * day, diesOf: 'its longest life' })
  })

  it('count the races that were absorbed, which prolong nothing', () => {
    const race = refreshed(hour + 5000, { grace: true })
    const health = refreshHealth([issued, refreshed(hour), race], terms, grantedAt + 2 * hour)
    expect(health).toMatchObject({ refreshes: 2, races: [race.id], state: 'well' })
    expect(health.diesAt).toBe(grantedAt + hour + 30 * day)
  })

  it('tell of what was due once, though many requests were refused', () => {
    const refusals = [hour, hour + 10, hour + 5000].map(expired)
    const health = refreshHealth(
      [issued, ...refusals, refreshed(2 * hour)],
      terms,
      grantedAt + 3 * hour,
    )
    expect(health.missed).toEqual([
      { dueAt: grantedAt + hour, cameAt: grantedAt + 2 * hour, event: refusals[0]?.id },
    ])
  })

  it('tell of reuse', () => {
    const reuse = at(hour, 'token.reused', { refreshTokenId: 'rt_1' })
    expect(refreshHealth([issued, reuse], terms, grantedAt + day).reuses).toEqual([reuse.id])
  })
})
