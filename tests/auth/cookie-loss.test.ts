import { expect, test } from 'vitest'
import { cookieLoss, isJustEntered, lossOfError } from '@/lib/auth/cookie-loss'

test.each([
  ['http://192.168.1.5:3000', 'https://portico.example', 'scheme'],
  ['http://portico.example', 'https://portico.example', 'scheme'],
  ['https://portico.lan', 'https://portico.example', 'host'],
  ['https://portico.example:8443', 'https://portico.example', 'host'],
  ['https://portico.example', 'https://portico.example', 'blocked'],
  ['http://localhost:3000', 'http://localhost:3000', 'blocked'],
  ['http://127.0.0.1:3000', 'http://localhost:3000', 'host'],
  ['null', 'https://portico.example', 'blocked'],
  [null, 'https://portico.example', 'blocked'],
])('a page of %s, where the server is %s, loses its cookie to: %s', (seen, own, expected) => {
  expect(cookieLoss(seen, own)).toBe(expected)
})

const now = 1_790_000_000_000

test.each([
  [String(now - 2000), true],
  [String(now + 2000), true],
  [String(now - 61_000), false],
  [String(now + 61_000), false],
  ['1', false],
  ['now', false],
  [undefined, false],
])('whoever says to have signed in at %s is expected with a cookie: %s', (entered, expected) => {
  expect(isJustEntered(entered, now)).toBe(expected)
})

test('only our own codes are losses', () => {
  expect(lossOfError('cookie-scheme')).toBe('scheme')
  expect(lossOfError('cookie-monster')).toBeNull()
  expect(lossOfError(undefined)).toBeNull()
})
