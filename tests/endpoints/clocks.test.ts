import os from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { outOfBounds } from '@/lib/store/database/clocks'
import { signIn } from '../support/people/operator'
import { startPortico } from '../support/server/portico'
import { serverClock } from '../support/server/server-clock'

/** Instances whose clocks differ from the database's, or from each other's, are named. */

const clock = serverClock()
afterAll(() => clock.remove())

const isEmbedded = !process.env.TEST_DATABASE_URL

test.skipIf(isEmbedded)(
  'an instance that is a minute ahead is named by itself and by others',
  async () => {
    clock.later(61_000)
    const ahead = await startPortico({ env: clock.env })
    const named = new RegExp(`^clocks: ${os.hostname()} is 6[01] s ahead of the database`, 'gm')
    const timesNamed = (output: string) => [...output.matchAll(named)].length
    await expect.poll(() => timesNamed(ahead.output())).toBe(1)
    const right = await startPortico({ dataDir: ahead.dataDir })
    await expect.poll(() => timesNamed(right.output())).toBe(1)
    const operator = await signIn(right.origin)
    const page = await (await operator.open('/admin/self-check')).text()
    expect(page).toContain('Clocks differ')
    expect(page).toContain(os.hostname())
  },
)

const at = (host: string, offsetMs: number) => ({ host, offsetMs })

test('who is far from the database is named, and else the two that are far from each other', () => {
  const [fast, slow, right] = [at('fast', 20_000), at('slow', -20_000), at('right', 10)]
  expect(outOfBounds([])).toEqual([])
  expect(outOfBounds([right, fast])).toEqual([])
  expect(outOfBounds([fast, right, slow])).toEqual([slow, fast])
  expect(outOfBounds([right, slow, at('odd', 31_000)])).toEqual([at('odd', 31_000)])
})
