import { expect, test } from 'vitest'
import { readEnv } from '@/lib/config/env'
import { later, lifetimes } from '@/lib/oauth/lifetimes'
import { verifies } from '../support/sources/verifies'

test(verifies(['A25'], 'a code lives for at most ten minutes'), () => {
  expect(lifetimes.authorizationCode).toBeGreaterThanOrEqual(30)
  expect(lifetimes.authorizationCode).toBeLessThanOrEqual(600)
})

test(
  verifies(['A42'], 'an access token lives an hour, or as long as the operator says, up to a day'),
  () => {
    const minutesOf = (minutes?: string) =>
      readEnv({ PORTICO_ACCESS_TOKEN_MINUTES: minutes }).lifetimes.accessToken / 60
    expect(minutesOf()).toBe(60)
    expect(minutesOf('15')).toBe(15)
    // Claude refreshes five minutes before expiry: with less it would refresh at once
    for (const odd of ['5', '1441', '0', '-1', 'x']) expect(() => minutesOf(odd)).toThrow()
  },
)

test(verifies(['A39'], 'a connection ends when it is not used, and in any case some day'), () => {
  const { lifetimes: usual } = readEnv({})
  expect(usual.refreshIdle).toBe(30 * 86_400)
  expect(usual.refreshMax).toBe(365 * 86_400)
  expect(usual.accessToken).toBeLessThan(usual.refreshIdle)
  const days = { PORTICO_REFRESH_IDLE_DAYS: '8', PORTICO_REFRESH_MAX_DAYS: '7' }
  expect(() => readEnv(days)).toThrow('must not exceed')
})

test(verifies(['A39'], 'the grace window is long enough for a retry and no longer'), () => {
  expect(lifetimes.refreshGrace).toBeGreaterThanOrEqual(30)
  expect(lifetimes.refreshGrace).toBeLessThanOrEqual(120)
})

test('later counts seconds', () => {
  expect(later(new Date('2026-10-01T12:00:00.250Z'), 90).toISOString()).toBe(
    '2026-10-01T12:01:30.250Z',
  )
})
