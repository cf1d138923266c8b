import { describe, expect, test } from 'vitest'
import { admissionOf, isAllowedEmail, type SignInArrival } from '@/lib/auth/admission'
import { browserName } from '@/lib/auth/browser-name'
import { gitHubEmail } from '@/lib/auth/providers'

type Account = { id: string; disabledAt: Date | null }

const active: Account = { id: 'active', disabledAt: null }
const other: Account = { id: 'other', disabledAt: null }
const disabled: Account = { id: 'disabled', disabledAt: new Date(0) }
const invite = { role: 'operator' }
const stranger: SignInArrival<Account, typeof invite> = {
  known: null,
  sameEmail: null,
  verifiedEmail: 'a@example.com',
  invite: null,
  hasUsers: true,
  allowed: [],
}
const from = (given: Partial<SignInArrival<Account, typeof invite>>) =>
  admissionOf({ ...stranger, ...given })
const refused = (reason: string) => ({ kind: 'refuse', reason })

describe('who comes from another provider', () => {
  test('is known by the subject first, whatever the address is now', () => {
    expect(from({ known: active, sameEmail: other })).toEqual({ kind: 'enter', user: active })
    expect(from({ known: active, verifiedEmail: null })).toEqual({ kind: 'enter', user: active })
  })

  test('is linked by a verified address only', () => {
    expect(from({ sameEmail: active })).toEqual({ kind: 'link', user: active })
    expect(from({ sameEmail: active, verifiedEmail: null })).toEqual(refused('unverified'))
  })

  test('stays out when disabled, however they are found', () => {
    expect(from({ known: disabled, allowed: ['example.com'] })).toEqual(refused('disabled'))
    expect(from({ sameEmail: disabled, allowed: ['example.com'] })).toEqual(refused('disabled'))
  })

  test('joins by an invitation, whatever the list says, unless the address is not theirs', () => {
    const joins = { kind: 'join', invite }
    expect(from({ invite })).toEqual(joins)
    expect(from({ invite, allowed: ['example.com'] })).toEqual(joins)
    expect(from({ invite, verifiedEmail: null })).toEqual(refused('unverified'))
    expect(from({ invite, sameEmail: disabled })).toEqual(refused('disabled'))
    expect(from({ invite, known: active })).toEqual({ kind: 'enter', user: active })
  })

  test('gets an account only when the list says so, and never before there is an admin', () => {
    expect(from({})).toEqual(refused('not-allowed'))
    const allowed = ['example.com']
    expect(from({ allowed })).toEqual({ kind: 'create', email: 'a@example.com' })
    expect(from({ allowed, verifiedEmail: null })).toEqual(refused('unverified'))
    expect(from({ allowed, hasUsers: false })).toEqual(refused('not-set-up'))
  })
})

test.each([
  ['a@example.com', ['example.com'], true],
  ['A@Example.com', ['example.com'], true],
  ['a@example.com', ['a@example.com'], true],
  ['b@example.com', ['a@example.com'], false],
  ['a@sub.example.com', ['example.com'], false],
  ['a@notexample.com', ['example.com'], false],
  ['example.com@evil.test', ['example.com'], false],
  ['a@example.com@evil.test', ['example.com'], false],
  ['a@example.com', [], false],
])('%s is in %j: %s', (email, allowed, expected) => {
  expect(isAllowedEmail(email, allowed)).toBe(expected)
})

test('of the addresses at GitHub, only the primary one counts, and only when it is verified', () => {
  const emails = [
    { email: 'first@example.com', primary: false, verified: true },
    { email: 'main@example.com', primary: true, verified: false },
  ]
  expect(gitHubEmail(emails)).toBeNull()
  expect(gitHubEmail(emails.map((one) => ({ ...one, verified: true })))).toBe('main@example.com')
  expect(gitHubEmail([])).toBeNull()
})

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox on Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`, 'Chrome on Windows'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/140.0`, 'Edge on Windows'],
  [`Mozilla/5.0 (Linux; Android 10; K) ${chrome}`, 'Chrome on Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  ['curl/8.9.1', 'curl/8.9.1'],
  [null, null],
])('%s is %s', (userAgent, expected) => {
  expect(browserName(userAgent)).toBe(expected)
})
