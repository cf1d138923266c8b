import { expect, test } from 'vitest'
import { Gathered } from '@/lib/cli/gathered.mjs'

test('what comes byte by byte is held as what comes at once', () => {
  const gathered = new Gathered()
  const bytes = Uint8Array.from({ length: 65_536 }, (_, index) => index % 251)
  for (const byte of bytes) gathered.add(Uint8Array.of(byte))
  expect(gathered.size).toBe(65_536)
  expect(gathered.held).toBe(65_536)
  expect(Buffer.compare(gathered.whole(), bytes)).toBe(0)
})

test('no more than twice of what arrived is held', () => {
  const gathered = new Gathered()
  for (let size = 0; size < 100_000; size += 1000) {
    gathered.add(new Uint8Array(1000))
    expect(gathered.held).toBeLessThanOrEqual(Math.max(4096, gathered.size * 2))
  }
})

test('nothing is nothing', () => {
  expect(new Gathered().whole()).toHaveLength(0)
})
