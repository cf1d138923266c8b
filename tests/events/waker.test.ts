import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Waker } from '@/lib/recorder/waker'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** How long a wait took, in milliseconds; what wakes it is done after so many. */
async function waited(waker: Waker, ms: number, wakesAfterMs?: number): Promise<number> {
  const since = Date.now()
  const wait = waker.wait(ms).then(() => Date.now() - since)
  if (wakesAfterMs !== undefined) setTimeout(waker.wake, wakesAfterMs)
  await vi.advanceTimersByTimeAsync(ms)
  return wait
}

test('a reader waits for so long, or until it is woken', async () => {
  const waker = new Waker()
  expect(await waited(waker, 2000)).toBe(2000)
  expect(await waited(waker, 2000, 300)).toBe(300)
  expect(await waited(waker, 2000)).toBe(2000)
})

test.each([
  ['before its first wait', undefined],
  ['after it was woken', 300],
  ['after it had waited', 3000],
])('what happens while it reads, %s, is not waited for', async (_, wakesAfterMs) => {
  const waker = new Waker()
  if (wakesAfterMs !== undefined) await waited(waker, 2000, wakesAfterMs)
  await vi.advanceTimersByTimeAsync(2000)
  waker.wake()
  expect(await waited(waker, 2000)).toBe(0)
  expect(await waited(waker, 2000)).toBe(2000)
})
