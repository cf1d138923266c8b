import { describe, expect, test } from 'vitest'
import { later } from '@/lib/oauth/lifetimes'
import {
  checkRefresh,
  checkRefreshScope,
  type KnownRefreshToken,
  refreshGrantEnded,
  refreshOutcome,
  refreshTokenReused,
} from '@/lib/oauth/refresh'
import type { Role } from '@/lib/vocabulary'
import { refusalOf } from '../support/oauth/refusal'
import { verifies } from '../support/sources/verifies'

const now = new Date('2026-10-01T12:00:00Z')
const mcpUrl = 'https://portico.example.com/mcp'
const own = { mcpUrl, otherOrigins: ['https://former.example'] }

const token: KnownRefreshToken = {
  clientId: 'client_A',
  scope: 'claudeai offline_access',
  resource: mcpUrl,
  expiresAt: later(now, 86_400),
  consumedAt: null,
  revokedAt: null,
  grantStatus: 'active',
  userDisabled: false,
}

const check = (change: Partial<KnownRefreshToken> | null, resources: readonly string[] = []) =>
  checkRefresh(change === null ? null : { ...token, ...change }, 'client_A', resources, own, now)

describe('checkRefresh', () => {
  test.each<[string, Partial<KnownRefreshToken>, string[]]>([
    ['alone', {}, []],
    ['with its resource', {}, [mcpUrl]],
    ['with a spelling of its resource', {}, ['https://PORTICO.example.com/mcp/']],
    ['in its last millisecond', { expiresAt: new Date(now.getTime() + 1) }, []],
    ['although consumed, for refreshOutcome to judge', { consumedAt: new Date(0) }, []],
  ])(verifies(['A38', 'A39'], 'a refresh token is used %s'), (_, change, resources) => {
    expect(check(change, resources)).toEqual({ ...token, ...change })
  })

  test.each<[Partial<KnownRefreshToken> | null, string]>([
    [null, 'refresh-token-unknown'],
    [{ clientId: 'client_B' }, 'refresh-token-of-another-client'],
    [{ grantStatus: 'revoked' }, 'grant-revoked'],
    [{ grantStatus: 'paused' }, 'grant-paused'],
    [{ revokedAt: now }, 'refresh-token-revoked'],
    [{ userDisabled: true }, 'user-disabled'],
    [{ expiresAt: now }, 'refresh-token-expired'],
    [{ expiresAt: new Date(0) }, 'refresh-token-expired'],
  ])(verifies(['A31'], '%j is invalid_grant: %s'), (change, kind) => {
    expect(refusalOf(() => check(change))).toMatchObject({
      code: 'invalid_grant',
      description: 'the refresh token is invalid, expired or was revoked',
      reason: { kind },
    })
  })

  test(verifies(['A38'], 'another resource is invalid_target'), () => {
    expect(refusalOf(() => check({}, ['https://other.example/mcp']))?.code).toBe('invalid_target')
  })

  test(verifies(['A31'], 'reuse and an ended grant read the same to a client'), () => {
    const { code, description } = refusalOf(() => check(null)) ?? {}
    expect(refreshTokenReused()).toMatchObject({ code, description })
    expect(refreshGrantEnded()).toMatchObject({ code, description })
    expect(refreshTokenReused().reason).not.toEqual(refreshGrantEnded().reason)
  })
})

describe('checkRefreshScope', () => {
  test.each<[string | undefined, string]>([
    [undefined, 'claudeai offline_access'],
    ['claudeai+', 'claudeai'],
    ['offline_access claudeai', 'claudeai offline_access'],
  ])(verifies(['A40', 'F2'], '%j is %j'), (requested, scope) => {
    expect(checkRefreshScope('claudeai offline_access', requested, 'member')).toBe(scope)
  })

  const observing = 'claudeai portico:observe'

  test.each<[Role, string | undefined, string]>([
    ['admin', undefined, observing],
    ['operator', observing, observing],
    ['operator', 'claudeai', 'claudeai'],
    ['viewer', undefined, 'claudeai'],
    ['viewer', observing, 'claudeai'],
    ['member', observing, 'claudeai'],
  ])(verifies(['A40'], 'for %s, %j of an observing grant is %j'), (role, requested, scope) => {
    expect(checkRefreshScope(observing, requested, role)).toBe(scope)
  })

  test(verifies(['A40'], 'a step-up by refresh is invalid_scope, whatever the role'), () => {
    const asked = [
      () => checkRefreshScope('claudeai', observing, 'admin'),
      () => checkRefreshScope(observing, 'portico:observe', 'viewer'),
    ]
    for (const ask of asked) expect(refusalOf(ask)?.code).toBe('invalid_scope')
  })

  test(verifies(['A40'], 'more than was granted is invalid_scope'), () => {
    const refusal = refusalOf(() =>
      checkRefreshScope('claudeai', 'claudeai offline_access', 'admin'),
    )
    expect(refusal).toMatchObject({ code: 'invalid_scope', status: 400 })
  })
})

test.each<[string, Date | null, string]>([
  ['never consumed', null, 'rotate'],
  ['consumed just now', now, 'repeat'],
  ['consumed by a machine whose clock is ahead', later(now, 5), 'repeat'],
  ['consumed 60 s ago', later(now, -60), 'repeat'],
  ['consumed 60.001 s ago', new Date(now.getTime() - 60_001), 'reused'],
  ['consumed a day ago', later(now, -86_400), 'reused'],
])(verifies(['A39'], 'a refresh token %s: %s'), (_, consumedAt, outcome) => {
  expect(refreshOutcome({ consumedAt }, now)).toBe(outcome)
})
