import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { atOnce } from '../../support/database/at-once'
import { type EventStream, openEventStream } from '../../support/mcp/event-stream'
import {
  mcpHeaders,
  postMcp,
  statelessHeaders,
  statelessRpc,
  toolCall,
} from '../../support/mcp/mcp-message'
import { type OpenStream, openSession, openStream } from '../../support/mcp/mcp-session'
import { connect } from '../../support/oauth/oauth-tokens'
import { operatorOf, signIn } from '../../support/people/operator'
import { readLog, reasonWordsOf } from '../../support/people/operator-log'
import { startPortico } from '../../support/server/portico'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

/** RFC 9700 has no section for it: a member with one token who would hold every socket of a server. */

const { origin } = await startPortico({ env: { PORTICO_PROXY_HOPS: '1' } })
const mcpUrl = `${origin}/mcp`
const tokenOf = async () => (await connect(origin)).tokens.access_token

/** What every server allows one connection, and one sign-in. */
const most = { ofConnection: 128, answers: 256, bodies: 8, ofSession: 32 }

const open: OpenStream[] = []
const pages: EventStream[] = []

async function closeAll(): Promise<void> {
  const ending = open.splice(0)
  for (const stream of ending) stream.drop()
  await Promise.all(ending.map(({ ended }) => ended))
  await Promise.all(pages.splice(0).map((page) => page.close()))
}
afterEach(closeAll)

/** Opens the stream of GET of a session of its own. @returns the status */
async function another(token: string): Promise<number> {
  const stream = await openStream(mcpUrl, await openSession(mcpUrl, token), { method: 'GET' })
  open.push(stream)
  return stream.status
}

/** So many, in turns that a small machine can bear. @returns how many were answered by each status */
async function many(count: number, token: string): Promise<Record<number, number>> {
  const seen: Record<number, number> = {}
  for (let left = count; left > 0; left -= 16) {
    for (const status of await atOnce(Math.min(16, left), () => another(token))) {
      seen[status] = (seen[status] ?? 0) + 1
    }
  }
  return seen
}

const listen = async (token: string) => {
  const message = statelessRpc('subscriptions/listen', {
    notifications: { toolsListChanged: true },
  })
  const leaving = new AbortController()
  const response = await fetch(mcpUrl, {
    method: 'POST',
    headers: mcpHeaders(token, statelessHeaders('subscriptions/listen')),
    body: JSON.stringify(message),
    signal: leaving.signal,
  })
  return { response, leave: () => leaving.abort() }
}

describe('streams of MCP', () => {
  test('that a client leaks are ended for it: it is served', async () => {
    const session = await openSession(mcpUrl, await tokenOf())
    const leaked = await atOnce(117, () => openStream(mcpUrl, session, { method: 'GET' }))
    open.push(...leaked)
    expect(new Set(leaked.map(({ status }) => status))).toEqual(new Set([200]))
    for (let time = 0; time < 10; time += 1) {
      const next = await openStream(mcpUrl, session, { method: 'GET' })
      open.push(next)
      expect(next.status).toBe(200)
    }
    const last = open.at(-1)
    const others = open.filter((stream) => stream !== last)
    await Promise.all(others.map(({ ended }) => ended))
  })

  test('are bounded by connection: 429 in the shape of JSON-RPC, and calls go on', async () => {
    const token = await tokenOf()
    expect(await many(most.ofConnection, token)).toEqual({ 200: most.ofConnection })
    const session = await openSession(mcpUrl, token)
    const get = mcpHeaders(token, { accept: 'text/event-stream', 'mcp-session-id': session.id })
    const refused = await fetch(mcpUrl, { headers: get })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toEqual({
      jsonrpc: '2.0',
      id: null,
      error: { code: -32000, message: expect.stringContaining('of this connection') },
    })
    const subscribed = await listen(token)
    expect(subscribed.response.status).toBe(429)
    subscribed.leave()
    const resumed = await openStream(mcpUrl, session, {
      method: 'GET',
      lastEventId: 'standalone_0',
    })
    expect(resumed.status).toBe(429)
    expect((await postMcp(mcpUrl, token, toolCall('whoami'))).status).toBe(200)
    await atOnce(10, () => another(token))
    const refusals = await readLog(await operatorOf(origin), { event: 'mcp.refused' })
    const told = refusals.filter(({ status }) => status === 429)
    expect(told).toHaveLength(1)
    expect(reasonWordsOf(told[0])).toBe('too many streams are open of this connection')
    // whoever goes away makes room
    await closeAll()
    await expect.poll(() => another(token)).toBe(200)
  })
})

describe('requests under way', () => {
  const sending: ReturnType<typeof request>[] = []
  const tooMany = 20
  let refused = 0
  afterAll(() => {
    for (const one of sending) one.destroy()
  })

  /** Begins to send a message, and never ends. */
  const beginPost = (token: string, length = 1000) =>
    new Promise<void>((resolve) => {
      const headers = Object.fromEntries(mcpHeaders(token, { 'content-length': String(length) }))
      const post = request(mcpUrl, { method: 'POST', headers })
      sending.push(post)
      post.on('response', (response) => {
        if (response.statusCode === 429) refused += 1
        response.resume()
      })
      post.on('error', () => {}).write('{', () => resolve())
    })

  test('are bounded by connection, also those that are never sent to their end', async () => {
    const token = await tokenOf()
    await atOnce(most.answers + tooMany, () => beginPost(token))
    await expect.poll(() => refused).toBe(tooMany)
    const call = async () => (await postMcp(mcpUrl, token, toolCall('whoami'))).status
    expect(await call()).toBe(429)
    expect((await postMcp(mcpUrl, await tokenOf(), toolCall('whoami'))).status).toBe(200)
    for (const one of sending.splice(0)) one.destroy()
    await expect.poll(call).toBe(200)
  })

  test('are a few where they are large, of which each may hold 4 MiB', async () => {
    const token = await tokenOf()
    refused = 0
    await atOnce(most.bodies + tooMany, () => beginPost(token, 1_000_000))
    await expect.poll(() => refused).toBe(tooMany)
    // those of the usual size go on
    expect((await postMcp(mcpUrl, token, toolCall('whoami'))).status).toBe(200)
    for (const one of sending.splice(0)) one.destroy()
    const large = toolCall('whoami', { padding: 'x'.repeat(100_000) })
    await expect.poll(async () => (await postMcp(mcpUrl, token, large)).status).toBe(200)
  })
})

test('what is refused gives its room back', async () => {
  const token = await tokenOf()
  const refused = ['['.repeat(5000), '{', '{}', '[]', '"text"']
  for (let time = 0; time <= most.answers / refused.length; time += 1) {
    await Promise.all(
      refused.map(async (body) => {
        const { status } = await postMcp(mcpUrl, token, body)
        expect(status).toBe(400)
      }),
    )
  }
  expect((await postMcp(mcpUrl, token, toolCall('whoami'))).status).toBe(200)
})

describe('live pages', () => {
  let browser: Awaited<ReturnType<typeof signIn>>
  beforeAll(async () => {
    browser = await signIn(origin)
  })

  test('are bounded by sign-in, and not those of another', async () => {
    const page = async (by = browser) => {
      const stream = await openEventStream(by, '/admin/log/stream')
      pages.push(stream)
      return stream.response.status
    }
    const statuses = await atOnce(most.ofSession, () => page())
    expect(new Set(statuses)).toEqual(new Set([200]))
    const refused = await browser.open('/admin/handshakes/stream')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await refused.text()
    expect(await page(await signIn(origin))).toBe(200)
    await closeAll()
    await expect.poll(() => page()).toBe(200)
  })

  test('that nobody reads take no room', async () => {
    for (let time = 0; time < most.ofSession + 8; time += 1) {
      const head = await browser.open('/admin/log/stream', { method: 'HEAD' })
      expect(head.status).toBe(200)
    }
    const stream = await openEventStream(browser, '/admin/log/stream')
    pages.push(stream)
    expect(stream.response.status).toBe(200)
  })
})
