import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameAgent } from '@/lib/events/agent'
import { clean } from '@/lib/events/text'
import { plainAddress } from '@/lib/http/address'
import { readParameters } from '@/lib/oauth/parameters'
import { visible, withoutTrailingSlashes } from '@/lib/text'
import { anyText } from './support/sources/arbitraries'

test('what is shown is on one line, visible and short, whatever it was', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, longest) => {
      const shown = visible(text, longest)
      expect(shown.length).toBeLessThanOrEqual(longest)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect(shown.isWellFormed()).toBe(true)
    }),
  )
})

test.each([
  ['/mcp///', '/mcp'],
  ['///', ''],
  ['', ''],
  ['/a/b', '/a/b'],
])('%j without the slashes at its end is %j', (text, rest) => {
  expect(withoutTrailingSlashes(text)).toBe(rest)
})

test('a user agent is matched as far as it is stored', () => {
  expect(nameAgent(`${'x'.repeat(300)} curl/8`, 'public')).toBeNull()
  expect(nameAgent(`${'mozilla/'.repeat(1900)}firefox`, 'public')).toBeNull()
  expect(nameAgent(`curl/8 ${'x'.repeat(300)}`, 'public')).toBe('curl')
})

test('nothing longer than an address is taken for one', () => {
  expect(plainAddress(`203.0.113.7%${'x'.repeat(16_000)}`)).toBeNull()
  expect(plainAddress('[fe80::1%eth0]:443')).toBe('fe80::1')
})

test('a text is cut before it is cleaned', () => {
  expect(clean('\u0000'.repeat(16_000), 10)).toBe(`${'�'.repeat(9)}…`)
})

test('each parameter is looked at once, however many there are', () => {
  let looks = 0
  class Counted extends URLSearchParams {
    override getAll(name: string): string[] {
      looks += this.size
      return super.getAll(name)
    }
  }
  const names = Array.from({ length: 16_000 }, (_, place) => place.toString(36))
  const parameters = readParameters(new Counted(names.map((name) => [name, '1'])))
  expect(Object.keys(parameters)).toHaveLength(16_000)
  expect(looks).toBe(0)
})
