import { beforeAll, describe, expect, test, vi } from 'vitest'
import { countAnswers } from '../../support/load/flood'
import {
  boundsOfFlood,
  faultsOf,
  type Witnessed,
  watchFlood,
} from '../../support/load/flood-witness'

// a tenth of `npm run flood`; the alert of a stall alone takes 15 s
vi.setConfig({ hookTimeout: 600_000 })

describe('a flood of requests from strangers', () => {
  let seen: Witnessed
  beforeAll(async () => {
    seen = await watchFlood({ requests: 10_000, seconds: 300 })
  })

  test('is answered, and nothing it sends is answered 5xx', () => {
    expect(countAnswers(seen.flooded, () => true)).toBeGreaterThan(9_000)
    expect(faultsOf(seen)).toBe(0)
  })

  test('fails no call of a connected client', () => {
    expect(seen.calls.failed).toBe(0)
    expect(seen.calls.answered).toBeGreaterThan(20)
  })

  test('keeps nobody from signing in where they have signed in before', () => {
    expect(seen.signIns.refused).toBe(0)
    expect(seen.signIns.accepted).toBeGreaterThan(3)
  })

  test('does not keep the alert of a real stall from being told', () => {
    expect(seen.toldAfterMs).not.toBeNull()
  })

  test('leaves the process and the database within their bounds', () => {
    expect(seen.memory.after).toBeLessThan(seen.memory.before + boundsOfFlood.memory)
    // a tenth of the requests; whole, they would be three and a half KiB each
    expect(seen.database.after).toBeLessThan(seen.database.before + 20)
  })
})
