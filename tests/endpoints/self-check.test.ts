import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventRow } from '@/lib/admin/views'
import { diagnose } from '@/lib/diagnosis/diagnose'
import type { Confidence, Finding } from '@/lib/diagnosis/finding'
import { probeSelf } from '@/lib/doctor/self-probe'
import { factsOf } from '../support/browser/looks'
import { type FaultyProxy, faults, startFaultyProxy } from '../support/network/faulty-proxy'
import { newBrowser, type Operator, operatorOf, signInWith } from '../support/people/operator'
import { untilLogged } from '../support/people/operator-log'
import { freePort } from '../support/server/free-port.mjs'
import { startPortico } from '../support/server/portico'
import { admin, type Portico } from '../support/server/portico-process'

let proxy: FaultyProxy
let portico: Portico

beforeAll(async () => {
  proxy = await startFaultyProxy()
  portico = await startPortico({ env: { PORTICO_URL: proxy.origin, PORTICO_PROXY_HOPS: '1' } })
  proxy.target = portico.origin
})
afterAll(() => proxy.close())

async function findings(at = proxy.origin): Promise<Finding[]> {
  const mcpUrl = `${at}/mcp`
  const probe = await probeSelf(at, mcpUrl, Date.now())
  return diagnose(null, factsOf({ origin: at, mcpUrl, probe }), Date.now())
}

const sure = (list: readonly Finding[]) =>
  list.filter(({ confidence }) => confidence !== 'possible').map(({ rule }) => rule)

test('a server that is well has no finding above possible', async () => {
  proxy.fault = {}
  expect(sure(await findings())).toEqual([])
})

const expected: Record<keyof typeof faults, readonly [rule: string, confidence: Confidence]> = {
  blocksClaudeUser: ['edge-blocks-claude-user', 'confirmed'],
  stripsAuthorization: ['authorization-header-stripped', 'confirmed'],
  redirectsToSlash: ['trailing-slash-redirect', 'confirmed'],
  redirectsFromSlash: ['trailing-slash-redirect', 'likely'],
  redirectsToOtherHost: ['mcp-path-redirect-drops-auth', 'confirmed'],
  accessBeforeDocuments: ['well-known-behind-auth', 'confirmed'],
  basicAuthentication: ['well-known-behind-auth', 'confirmed'],
  leaksOrigin: ['internal-origin-leak', 'confirmed'],
  dropsChallenge: ['www-authenticate-missing', 'confirmed'],
  hidesDotFiles: ['well-known-unroutable-nextjs', 'confirmed'],
  servesOnlyTheRoot: ['prm-path-404', 'confirmed'],
  servesHomePage: ['route-intercepted-html', 'confirmed'],
  blocksEverything: ['edge-blocks-everything', 'confirmed'],
  reachesNothing: ['origin-502', 'confirmed'],
  cachesEndpoint: ['cached-mcp-response', 'confirmed'],
  addsSlashToIssuer: ['issuer-mismatch', 'confirmed'],
  breaksMetadata: ['as-metadata-bad', 'confirmed'],
}

describe('behind a proxy that is at fault, the fault is found first', () => {
  test.each(Object.keys(faults) as (keyof typeof faults)[])('%s', async (name) => {
    proxy.fault = faults[name]
    const [first] = await findings()
    expect([first?.rule, first?.confidence]).toEqual(expected[name])
  })
})

test('names the product and its switch', async () => {
  proxy.fault = faults.blocksClaudeUser
  const [first] = await findings()
  expect(first?.title).toMatch(/^Cloudflare blocks/)
  expect(first?.fix.map(({ where }) => where).join()).toContain('AI Crawl Control')
  expect(first?.observations.join()).toContain('as Claude-User: 403')
})

test('where nobody answers, it says that it cannot tell', async () => {
  const silent = `http://localhost:${await freePort()}`
  const list = await findings(silent)
  expect(sure(list)).toEqual([])
  expect(list.map(({ rule }) => rule)).toContain('self-probe-unreachable')
})

describe('the running server', () => {
  test('looks at itself when it has started, and at home finds nothing amiss', async () => {
    // the operator's requests come as through a proxy
    const home = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
    const operator = await operatorOf(home.origin)
    const [checked] = await untilLogged(
      operator,
      { event: 'server.checked' },
      (rows) => rows.length > 0,
    )
    expect(checked?.outcome).toBe('ok')
    expect(checked?.detail).toEqual({ asked: 10, answered: 10, findings: ['loopback-only'] })
  })

  test('has seen through which proxies requests came', async () => {
    const first = await startPortico()
    // what anybody could make up counts for nothing, and what a person comes through does
    const cookies: string[] = []
    const open: Operator['open'] = async (url, init) => {
      const headers = { 'cf-ray': '8f00-FRA', cookie: cookies.join('; ') }
      const response = await fetch(new URL(url, first.origin), { ...init, headers })
      cookies.push(...response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? ''))
      return response
    }
    const signedIn = await signInWith({ ...newBrowser(first.origin), open }, admin)
    expect(signedIn.status).toBe(200)
    await first.stop()
    const second = await startPortico({ dataDir: first.dataDir })
    const operator = await operatorOf(second.origin)
    const isLater = ({ detail }: EventRow) =>
      (detail.findings as string[]).includes('proxy-hops-wrong')
    const query = { event: 'server.checked' }
    const rows = await untilLogged(operator, query, (all) => all.some(isLater))
    expect(rows.find(isLater)?.outcome).toBe('failed')
    expect(rows.find(isLater)?.detail.findings).toEqual(['proxy-hops-wrong', 'loopback-only'])
  })

  test('knows its own questions, and takes them for no client', async () => {
    proxy.fault = {}
    const operator = await operatorOf(proxy.origin)
    await findings()
    const isThere = (rows: readonly { path: string | null }[]) =>
      rows.some(({ path }) => path?.startsWith('/mcp'))
    const rows = await untilLogged(operator, { q: 'portico-probe' }, isThere)
    expect(new Set(rows.map(({ agent }) => agent))).toEqual(new Set(['Portico (self-check)']))
  })
})
