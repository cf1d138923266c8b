import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isLackOfConnections } from '@/lib/runtime/database-errors'
import { awayError, isAway, setProbe, suspectOutage } from '@/lib/store/database/availability'

/** What is known of a database that is away, and for how long. */

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const printed = () => vi.mocked(console.error).mock.calls.map(([line]) => String(line))

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  setProbe(null)
  vi.useRealTimers()
  vi.restoreAllMocks()
})

async function goAway(): Promise<void> {
  setProbe(() => Promise.reject(refused()))
  suspectOutage(refused())
  await vi.advanceTimersByTimeAsync(0)
}

test('is away for as long as its probes fail', async () => {
  await goAway()
  expect(isAway()).toBe(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(isAway()).toBe(true)
  expect(awayError()?.message).toContain('away')
})

test('is asked again by a process that was frozen meanwhile', async () => {
  await goAway()
  // no timer ran: the process stood still
  vi.setSystemTime(Date.now() + 60_000)
  expect([isAway(), awayError()]).toEqual([false, null])
})

test('that answers while requests fail is told of, once in a minute', async () => {
  setProbe(() => Promise.resolve())
  vi.setSystemTime(Date.now() + 3_600_000)
  for (let failures = 0; failures < 10; failures += 1) {
    suspectOutage(Object.assign(new Error('no connection in time'), { code: 'P2024' }))
    await vi.advanceTimersByTimeAsync(10)
  }
  expect(isAway()).toBe(false)
  expect(printed().filter((line) => line.includes('no connection in time'))).toHaveLength(1)
})

test.each([
  ['53300', 'sorry, too many clients already'],
  ['08P01', 'no more connections allowed (max_client_conn)'],
  ['XX000', 'Max client connections reached'],
])('%s, %s: somebody is there who has no connection left', (code, message) => {
  expect(isLackOfConnections(Object.assign(new Error(message), { code }))).toBe(true)
  expect(isLackOfConnections(refused())).toBe(false)
})
