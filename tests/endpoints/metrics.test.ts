import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { databaseFor } from '../support/database/portico-database'
import { tapPostgres } from '../support/database/postgres-tap'
import { postMcp, rpc, toolCall } from '../support/mcp/mcp-message'
import { newPkce, obtainCode, postForm } from '../support/oauth/oauth'
import { connect, exchangeCode, refresh, revoke } from '../support/oauth/oauth-tokens'
import { newBrowser, signInWith } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { readLog, untilLogged } from '../support/people/operator-log'
import { readSamples, type Sample, sampled } from '../support/receivers/prometheus-text'
import { freePort } from '../support/server/free-port.mjs'
import { sharedOrigin, startPortico } from '../support/server/portico'
import { admin, type Portico, StartFailure } from '../support/server/portico-process'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const token = 'a-token-for-the-metrics'
const bearer = { authorization: `Bearer ${token}` }

const read = (url: string, headers: HeadersInit = bearer) => fetch(url, { headers })
const samplesAt = async (url: string, headers?: HeadersInit): Promise<Sample[]> =>
  readSamples(await (await read(url, headers)).text())

/** Waits until the metrics say so: events are described in batches, and joined a moment later. */
const until = (url: string, isThere: (samples: readonly Sample[]) => void) =>
  vi.waitFor(async () => isThere(await samplesAt(url)), { timeout: 20_000, interval: 300 })

describe('with a token', () => {
  let portico: Portico
  let url: string
  let port: number
  const secrets: string[] = [token, admin.password, admin.email]
  let ids: string[]

  beforeAll(async () => {
    port = await freePort()
    portico = await startPortico({
      env: {
        PORTICO_METRICS_TOKEN: token,
        PORTICO_METRICS_PORT: String(port),
        PORTICO_PROXY_HOPS: '1',
      },
    })
    const { origin } = portico
    url = `${origin}/metrics`
    const browser = newBrowser(origin)
    await signInWith(browser, admin)
    const connected = await connectAs(hostedClaude, `${origin}/mcp`, (page) =>
      approve(browser, page),
    )
    const { wire, tokens } = connected
    secrets.push(...wire.secrets, ...hostedClaude.addresses)
    for (const call of [toolCall('whoami'), toolCall('made-up-tool'), rpc('made/up')]) {
      await postMcp(`${origin}/mcp`, tokens.access_token, call)
    }
    const other = await connect(origin)
    const { client } = other
    await refresh(origin, other, other.tokens.refresh_token)
    await refresh(origin, other, 'prt_unknown')
    await revoke(origin, other, other.tokens.access_token)
    await postForm(`${origin}/token`, { grant_type: 'made-up', client_id: client.client_id })
    const rows = await readLog(browser)
    ids = [...new Set(rows.flatMap((row) => [row.clientId, row.grantId, row.requestId]))].filter(
      (id): id is string => typeof id === 'string',
    )
  })

  test.each<[string, HeadersInit]>([
    ['none', {}],
    ['a wrong one', { authorization: `Bearer ${token}x` }],
    ['another scheme', { authorization: `Basic ${token}` }],
    ['no token at all', { authorization: 'Bearer ' }],
  ])('%s is refused, and recorded like any other', async (_, headers) => {
    const operator = newBrowser(portico.origin)
    await signInWith(operator, admin)
    const path = { path: '/metrics', outcome: 'refused' }
    const before = await readLog(operator, path)
    const response = await read(url, headers)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="metrics"')
    const rows = await untilLogged(operator, path, ({ length }) => length > before.length)
    expect(rows.at(-1)).toMatchObject({ name: 'exchange.answered', status: 401, method: 'GET' })
  })

  test('a scrape is answered in the format of Prometheus, and recorded nowhere', async () => {
    const operator = newBrowser(portico.origin)
    await signInWith(operator, admin)
    const before = await readLog(operator, { path: '/metrics' })
    const response = await read(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(response.headers.get('cache-control')).toContain('no-store')
    const head = await fetch(`${url}/`, { method: 'HEAD', headers: bearer })
    expect([head.status, await head.text()]).toEqual([200, ''])
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await readLog(operator, { path: '/metrics' })).toHaveLength(before.length)
  })

  test('nothing but reading is offered', async () => {
    const response = await fetch(url, { method: 'POST', headers: bearer })
    expect(response.status).toBe(405)
  })

  test('a whole connection is counted', async () => {
    await until(url, (samples) => {
      const handshakes = { verdict: 'connected', surface: 'claude-hosted' }
      expect(sampled(samples, 'portico_handshakes_total', handshakes)).toBe(1)
      const stage = (id: string) =>
        sampled(samples, 'portico_handshake_stage_duration_seconds_count', { stage: id }) ?? 0
      for (const id of ['token-issued', 'first-mcp-request', 'tools-listed']) {
        expect(stage(id)).toBeGreaterThanOrEqual(1)
      }
    })
  })

  test('calls are counted by tool and outcome, and what a client makes up is one', async () => {
    const samples = await samplesAt(url)
    const calls = (labels: Record<string, string>) =>
      sampled(samples, 'portico_tool_calls_total', labels)
    expect(calls({ tool: 'whoami', outcome: 'ok' })).toBeGreaterThanOrEqual(1)
    expect(calls({ tool: 'other', outcome: 'failed' })).toBe(1)
    const requests = (labels: Record<string, string>) =>
      sampled(samples, 'portico_mcp_requests_total', labels)
    expect(requests({ method: 'initialize', outcome: 'ok' })).toBeGreaterThanOrEqual(1)
    expect(requests({ method: 'other', outcome: 'failed' })).toBe(1)
    expect(sampled(samples, 'portico_tool_call_duration_seconds_count', { tool: 'other' })).toBe(1)
  })

  test('tokens are counted by what was done and the kind of grant', async () => {
    await until(url, (samples) => {
      const tokens = (action: string, grant_type: string) =>
        sampled(samples, 'portico_tokens_total', { action, grant_type })
      expect(tokens('issued', 'authorization_code')).toBe(2)
      expect(tokens('refreshed', 'refresh_token')).toBe(1)
      expect(tokens('refused', 'refresh_token')).toBe(1)
      expect(tokens('refused', 'none')).toBe(1)
      expect(tokens('revoked', 'none')).toBe(1)
    })
  })

  test('endpoints, events and how the server does are there', async () => {
    const samples = await samplesAt(url)
    const ofToken = { endpoint: 'token', status: '4xx' }
    expect(sampled(samples, 'portico_http_request_duration_seconds_count', ofToken)).toBe(2)
    expect(sampled(samples, 'portico_events_total', { event: 'token.issued' })).toBe(2)
    expect(sampled(samples, 'portico_events_dropped_total')).toBe(0)
    expect(sampled(samples, 'portico_database_up')).toBe(1)
    expect(sampled(samples, 'portico_database_connections')).toBeGreaterThanOrEqual(1)
    expect(sampled(samples, 'portico_signing_key_age_seconds')).toBeGreaterThan(0)
    expect(sampled(samples, 'portico_live_sessions')).toBeGreaterThanOrEqual(1)
    expect(sampled(samples, 'portico_joiner_lag_seconds')).toBeGreaterThanOrEqual(0)
    expect(sampled(samples, 'portico_joiner_turn_duration_seconds_count')).toBeGreaterThan(0)
    expect(sampled(samples, 'portico_build_info')).toBe(1)
    expect(sampled(samples, 'process_resident_memory_bytes')).toBeGreaterThan(0)
  })

  test('a handshake that fails is counted with its likeliest cause', async () => {
    const before = sampled(await samplesAt(url), 'portico_findings_total') ?? 0
    const code = await obtainCode(portico.origin)
    const verifier = newPkce().verifier
    expect((await exchangeCode(portico.origin, { ...code, verifier })).status).toBe(400)
    await until(url, (samples) => {
      expect(sampled(samples, 'portico_handshakes_total', { verdict: 'failed' })).toBeGreaterThan(0)
      expect(sampled(samples, 'portico_findings_total')).toBeGreaterThan(before)
    })
  })

  test('no label holds a secret, an id, an address or what a client calls itself', async () => {
    const text = await (await read(url)).text()
    expect(ids.length).toBeGreaterThan(5)
    const names = ['made-up', 'made/up', 'Claude-User', 'httpx']
    const leaks = [...secrets, ...ids, ...names].filter((one) => text.includes(one))
    expect(leaks).toEqual([])
  })

  test('the port of its own asks for the same token, and knows one path', async () => {
    const own = `http://127.0.0.1:${port}`
    expect((await read(`${own}/metrics`, {})).status).toBe(401)
    expect((await read(`${own}/`)).status).toBe(404)
    expect((await fetch(`${own}/metrics`, { method: 'POST', headers: bearer })).status).toBe(405)
    const samples = await samplesAt(`${own}/metrics`)
    expect(sampled(samples, 'portico_build_info')).toBe(1)
  })
})

describe('with a port alone', () => {
  test('it answers without a token, and the public address knows nothing of it', async () => {
    const port = await freePort()
    const { origin } = await startPortico({ env: { PORTICO_METRICS_PORT: String(port) } })
    const samples = await samplesAt(`http://127.0.0.1:${port}/metrics`, {})
    expect(sampled(samples, 'portico_build_info')).toBe(1)
    expect((await read(`${origin}/metrics`)).status).toBe(404)
  })

  test('one that is taken stops the start, and is named', async () => {
    const taken = new URL(sharedOrigin()).port
    const env = { PORTICO_METRICS_PORT: taken, PORTICO_METRICS_HOST: '::' }
    const failure = await startPortico({ env }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartFailure)
    expect((failure as StartFailure).output).toContain(
      `PORTICO_METRICS_PORT ${taken} cannot be opened: it is taken`,
    )
  })
})

test('without either, it is a path like any other that does not exist', async () => {
  const [metrics, other] = await Promise.all(
    ['/metrics', '/no-such-path'].map((path) => read(`${sharedOrigin()}${path}`)),
  )
  expect(metrics?.status).toBe(404)
  expect(await metrics?.text()).toBe(await other?.text())
})

// the wire of the embedded database cannot be cut
describe.skipIf(!process.env.TEST_DATABASE_URL)('while the database is away', () => {
  test('a scrape is answered all the same, without what only the database knows', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'portico-test-'))
    const tap = await tapPostgres(String(await databaseFor(dataDir)))
    const env = { DATABASE_URL: tap.url, PORTICO_METRICS_TOKEN: token }
    const { origin } = await startPortico({ dataDir, env })
    expect(sampled(await samplesAt(`${origin}/metrics`), 'portico_live_sessions')).toBe(0)
    await tap.close()
    await until(`${origin}/metrics`, (samples) => {
      expect(sampled(samples, 'portico_database_up')).toBe(0)
      expect(sampled(samples, 'portico_live_sessions')).toBeNull()
      expect(sampled(samples, 'portico_joiner_lag_seconds')).toBeNull()
      expect(sampled(samples, 'portico_events_total')).toBeGreaterThan(0)
    })
  })
})
