import { afterEach, expect, test, vi } from 'vitest'
import { longestName, shownText } from '@/lib/oauth/shown-text'

afterEach(() => vi.restoreAllMocks())

test('only a little of a long text is put in order: that takes time quadratic in its marks', () => {
  const normalize = vi.spyOn(String.prototype, 'normalize')
  const name = `a${'\u0301\u0323'.repeat(16_000)}`
  expect(shownText(name, longestName).length).toBeLessThan(10)
  const lengths = normalize.mock.contexts.map((text) => String(text).length)
  expect(lengths.length).toBeGreaterThan(0)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(longestName * 8)
})

test('what cannot be seen takes no room from what can', () => {
  expect(shownText(`${'\u200b'.repeat(5000)}Claude`, longestName)).toBe('Claude')
})
