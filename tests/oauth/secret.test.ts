import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantTimeEqual, hashSecret, newId, newSecret } from '@/lib/oauth/secret'
import { anyText } from '../support/sources/arbitraries'
import { verifies } from '../support/sources/verifies'

test(verifies(['A25'], 'a secret has 256 random bits after its prefix'), () => {
  expect(newSecret('prt_')).toMatch(/^prt_[A-Za-z0-9_-]{43}$/)
})

test(verifies(['A51'], 'an id has 128 random bits after its prefix and is no URL'), () => {
  const id = newId('client_')
  expect(id).toMatch(/^client_[A-Za-z0-9_-]{22}$/)
  expect(URL.canParse(id)).toBe(false)
})

test.each([
  ['newSecret', () => newSecret('')],
  ['newId', () => newId('')],
])('%s never repeats', (_, make) => {
  expect(new Set(Array.from({ length: 1000 }, make)).size).toBe(1000)
})

test(verifies(['A45'], 'a hash is SHA-256 in base64url'), () => {
  expect(hashSecret('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
})

test.each([
  ['', '', true],
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'ABC', false],
  ['abc', 'abcd', false],
  ['', 'a', false],
])('constantTimeEqual of %j and %j: %s', (left, right, isEqual) => {
  expect(constantTimeEqual(left, right)).toBe(isEqual)
})

test('constantTimeEqual is equality, whatever the lengths', () => {
  fc.assert(
    fc.property(anyText, anyText, (left, right) => {
      expect(constantTimeEqual(left, left)).toBe(true)
      expect(constantTimeEqual(left, right)).toBe(left.toWellFormed() === right.toWellFormed())
    }),
  )
})
