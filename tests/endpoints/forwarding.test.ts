import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FaultyProxy, startFaultyProxy } from '../support/network/faulty-proxy'
import { signIn } from '../support/people/operator'
import { textOf } from '../support/people/operator-consent'
import { freePort } from '../support/server/free-port.mjs'
import { startPortico } from '../support/server/portico'
import type { Portico, StartOptions } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

/** What was noticed is judged within a second; twice that for a busy machine. */
const judgedMs = 2500

/** A proxy that appends the address of whom it serves, or what it is told to do instead. */
let proxy: FaultyProxy

const append: FaultyProxy['fault'] = {
  request: (headers) => {
    headers['x-forwarded-for'] = [headers['x-forwarded-for'], '198.51.100.7']
      .filter(Boolean)
      .join(', ')
  },
}

beforeAll(async () => {
  proxy = await startFaultyProxy()
})
afterAll(() => proxy.close())

/** It looks at itself as soon as it has started: by then the proxy leads to it. */
async function startBehind(options: StartOptions = {}): Promise<Portico> {
  const port = await freePort()
  proxy.target = `http://localhost:${port}`
  const env = { PORTICO_URL: proxy.origin, ...options.env }
  const portico = await startPortico({ ...options, port, env })
  await expect.poll(portico.output).toContain('server.checked')
  return portico
}

const said = (portico: Portico): string[] => portico.output().match(/^proxies: .*$/gm) ?? []

describe('a server behind a proxy that it was not told of', () => {
  test('says so once, at each start, and in its self-check, until it is told', async () => {
    proxy.fault = append
    const wrong = /requests come through at least 1 proxy, and PORTICO_PROXY_HOPS is 0.*HOPS=1$/
    const first = await startBehind()
    const admin = await signIn(proxy.origin)
    await admin.open('/api/unknown')
    await expect
      .poll(() => said(first))
      .toEqual([expect.stringMatching(/set PORTICO_PROXY_HOPS=1/)])
    const page = textOf(await (await admin.open('/admin/self-check')).text())
    expect(page).toContain('PORTICO_PROXY_HOPS=1')
    // whoever makes up as many entries as they like changes nothing of it
    for (const made of ['1.1.1.1', '1.1.1.1, 2.2.2.2, 3.3.3.3']) {
      const headers = { 'x-forwarded-for': made, 'x-portico-probe': `${Date.now()}.made-up` }
      await fetch(`${proxy.origin}/`, { headers })
    }
    await sleep(judgedMs)
    expect(said(first)).toHaveLength(1)
    await first.stop()

    const again = await startBehind({ dataDir: first.dataDir })
    await expect.poll(() => said(again)).toEqual([expect.stringMatching(wrong)])
    await again.stop()

    const env = { PORTICO_PROXY_HOPS: '1' }
    const told = await startBehind({ dataDir: first.dataDir, env })
    await fetch(`${proxy.origin}/`, { headers: { 'x-forwarded-for': '1.1.1.1, 2.2.2.2' } })
    await sleep(judgedMs)
    expect(said(told)).toEqual([])
  })

  test('hears of one that tells no X-Forwarded-For from what it tells instead', async () => {
    proxy.fault = {
      request: (headers) => {
        headers['x-real-ip'] = '198.51.100.7'
        headers.host = 'portico.internal'
      },
    }
    const portico = await startBehind()
    await fetch(`${proxy.origin}/`)
    await expect
      .poll(() => said(portico))
      .toEqual([
        expect.stringMatching(/let it append X-Forwarded-For, and set PORTICO_PROXY_HOPS=1$/),
      ])
  })
})

test('a server that nothing stands in front of says nothing', async () => {
  proxy.fault = {}
  const portico = await startBehind()
  await fetch(`${proxy.origin}/`)
  await sleep(judgedMs)
  expect(said(portico)).toEqual([])
})
