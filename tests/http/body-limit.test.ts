import { expect, test } from 'vitest'
import { bodyLimit, limitInWords } from '@/lib/http/body-limit'

test.each([
  '/',
  '/token',
  '/register',
  '/sign-in',
  '/api/auth/session',
  '/nowhere',
  '/mcp/x',
  '',
  '__proto__',
])('%s takes 64 KiB', (path) => {
  expect(bodyLimit(path)).toBe(65_536)
})

test.each(['/mcp', '/mcp/'])('%s takes 4 MiB', (path) => {
  expect(bodyLimit(path)).toBe(4 * 1024 * 1024)
})

test('sizes in words', () => {
  expect([limitInWords(65_536), limitInWords(4_194_304)]).toEqual(['64 KiB', '4 MiB'])
})
