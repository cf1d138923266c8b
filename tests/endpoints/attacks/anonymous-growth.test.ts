import { randomBytes } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { EventRow } from '@/lib/admin/views'
import { foldLimits, maxAddresses } from '@/lib/recorder/folding'
import { openEventStream } from '../../support/mcp/event-stream'
import { signIn, someAddress } from '../../support/people/operator'
import { readLog, untilLogged } from '../../support/people/operator-log'
import { startPortico } from '../../support/server/portico'
import { verifies } from '../../support/sources/verifies'

/** What strangers can make the log grow by. */

vi.setConfig({ testTimeout: 240_000 })

const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const operator = await signIn(origin)

type Sent = {
  readonly path: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

const ask = async (address: string, { path, headers, ...init }: Sent): Promise<number> => {
  const response = await fetch(`${origin}${path}`, {
    ...init,
    redirect: 'manual',
    headers: { 'user-agent': 'scanner/1.0', ...headers, 'x-forwarded-for': address },
  })
  await response.arrayBuffer()
  return response.status
}

/** So many requests, of which some are under way at a time. */
async function flood(count: number, make: (index: number) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index += 25) {
    const some = Array.from({ length: Math.min(25, count - index) }, (_, place) => place)
    await Promise.all(some.map((place) => make(index + place)))
  }
}

const requests = (rows: readonly EventRow[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0)

test(verifies(['G1'], 'the same miss five hundred times is one event that counts'), async () => {
  const address = someAddress()
  const live = await openEventStream(operator, '/admin/log/stream', { address })
  await flood(500, () => ask(address, { path: '/wp-login.php' }))
  const rows = await untilLogged(operator, { address }, (some) => requests(some) === 500)
  expect(rows.length).toBeLessThanOrEqual(foldLimits.others.whole + 1)
  const run = rows.at(-1)
  expect(run).toMatchObject({ name: 'path.missed', fold: 'same', path: '/wp-login.php' })
  expect(Date.parse(run?.lastAt ?? '')).toBeGreaterThanOrEqual(Date.parse(run?.at ?? ''))
  // whoever watches sees it once, and its count go up
  await live.until((events) => events.some(({ event }) => event === 'again'))
  expect(live.events.filter(({ event }) => event === 'log')).toHaveLength(rows.length)
  const again = live.events.filter(({ event }) => event === 'again')
  expect(new Set(again.map(({ data }) => (data as EventRow).id))).toEqual(new Set([run?.id]))
  await live.close()
  const page = await (await operator.open(`/admin/log?address=${address}&repeated=yes`)).text()
  expect(page).toMatch(/×(<!-- -->)?495/)
  expect(await readLog(operator, { address, repeated: 'yes' })).toHaveLength(1)
})

test(
  verifies(['G1'], 'whatever a stranger varies, a minute adds a bounded number of events'),
  async () => {
    const before = (await readLog(operator)).length
    const network = `2001:db8:${randomBytes(2).toString('hex')}`
    const since = Date.now()
    const word = (): string => randomBytes(6).toString('hex').replace(/\d/g, 'x')
    await flood(3000, (index) => {
      const address = `${network}:${(index % 700).toString(16)}::${index.toString(16)}`
      const headers = { 'user-agent': `${word()}/1` }
      if (index % 3 === 0)
        return ask(address, { path: '/mcp', method: 'POST', headers, body: '{}' })
      if (index % 3 === 1) return ask(address, { path: `/${word()}`, headers })
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: word(),
      }).toString()
      const type = 'application/x-www-form-urlencoded'
      return ask(address, {
        path: '/token',
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body,
      })
    })
    const minutes = Math.floor((Date.now() - since) / 60_000) + 2
    const names = 8
    const bound = minutes * (foldLimits.steps.all + foldLimits.others.all + maxAddresses + names)
    const counted = async () => {
      const rows = await readLog(operator)
      // a budget of failures answers some of them instead
      return requests(rows.filter(({ at }) => Date.parse(at) >= since - 1000))
    }
    // what a run has come to is written ever more seldom, once a minute at last
    await expect.poll(counted, { timeout: 90_000, interval: 1000 }).toBeGreaterThanOrEqual(3000)
    const rows = await readLog(operator)
    expect(rows.length - before).toBeLessThanOrEqual(bound)
    expect(rows.some(({ fold }) => fold === 'all' || fold === 'address')).toBe(true)
  },
)

test(
  verifies(['G2'], 'an attempt is recorded whole while strangers flood the server'),
  async () => {
    const address = someAddress()
    const agent = { 'user-agent': `honest-client/${randomBytes(4).toString('hex')}` }
    let isOver = false
    const noise = (async () => {
      for (let index = 0; !isOver; index += 25) {
        await flood(25, (place) =>
          ask(someAddress(), { path: `/a/${'b'.repeat((index + place) % 200)}` }),
        )
      }
    })()
    const steps: readonly Sent[] = [
      { path: '/mcp', method: 'POST', body: '{}' },
      { path: '/.well-known/oauth-protected-resource/mcp' },
      { path: '/.well-known/oauth-authorization-server' },
      {
        ...{ path: '/register', method: 'POST' },
        body: JSON.stringify({ redirect_uris: ['https://client.example/callback'] }),
      },
    ]
    const statuses: number[] = []
    for (const step of steps) {
      const type: Record<string, string> =
        step.body === undefined ? {} : { 'content-type': 'application/json' }
      statuses.push(await ask(address, { ...step, headers: { ...agent, ...type } }))
    }
    isOver = true
    await noise
    expect(statuses).toEqual([401, 200, 200, 201])
    const rows = await untilLogged(operator, { address }, (some) => some.length >= 4)
    expect(rows.map(({ name, fold }) => [name, fold])).toEqual([
      ['mcp.challenged', null],
      ['resource-metadata.served', null],
      ['server-metadata.served', null],
      ['client.registered', null],
    ])
  },
)

test('the overview says that noise is held back, and since when', async () => {
  await expect
    .poll(async () => (await operator.open('/admin')).text(), { timeout: 30_000 })
    .toContain('holding back noise')
  const page = await (await operator.open('/admin')).text()
  expect(page).toContain('repeated anonymous requests')
  expect(page).toContain('/admin/log?repeated=yes')
})
