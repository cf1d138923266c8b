import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { databaseFor } from '../support/database/portico-database'
import { fixturePreload } from '../support/mcp/conformance-fixture'
import { mcpHeaders, rpc, statelessHeaders, statelessRpc } from '../support/mcp/mcp-message'
import {
  callInSession,
  openSession,
  openStream,
  postInSession,
  type Session,
} from '../support/mcp/mcp-session'
import { type RoundRobinProxy, startRoundRobin } from '../support/network/round-robin-proxy'
import { connect } from '../support/oauth/oauth-tokens'
import { freePort } from '../support/server/free-port.mjs'
import { startPortico } from '../support/server/portico'
import type { Portico } from '../support/server/portico-process'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

const ask = rpc('tools/call', { name: 'test_elicitation', arguments: { message: 'Who?' } }, 'ask')
const answer = { action: 'accept', content: { username: 'ada', email: 'ada@example.com' } }
const isAsked = ({ method }: Record<string, unknown>) => method === 'elicitation/create'
const isAnswered = ({ id }: Record<string, unknown>) => id === 'ask'
const resultText = (message: Record<string, unknown>) => JSON.stringify(message.result)

// the embedded database belongs to one process
describe.skipIf(!process.env.TEST_DATABASE_URL)('sessions on two instances of one server', () => {
  let one: Portico
  let other: Portico
  let proxy: RoundRobinProxy
  let token: string
  let databaseUrl: string

  const on = ({ origin }: { origin: string }) => `${origin}/mcp`
  const respond = (instance: Portico, session: Session, id: unknown) =>
    postInSession(on(instance), session, { jsonrpc: '2.0', id, result: answer })

  /** A call that asks, whose stream breaks. @returns the ids of its events, and that of what is asked */
  async function brokenOff(session: Session) {
    const broken = await openStream(on(one), session, { method: 'POST', message: ask })
    const { id } = await broken.until(isAsked)
    broken.drop()
    return { id, events: broken.events.map((event) => String(event.id)) }
  }

  beforeAll(async () => {
    const port = await freePort()
    const shared = {
      PORTICO_SECRET: randomBytes(32).toString('hex'),
      PORTICO_URL: `http://localhost:${port}`,
    }
    one = await startPortico({ env: shared, preload: fixturePreload })
    databaseUrl = String(await databaseFor(one.dataDir))
    other = await startPortico({
      env: { ...shared, DATABASE_URL: databaseUrl },
      preload: fixturePreload,
    })
    proxy = await startRoundRobin([one.origin, other.origin], port)
    token = (await connect(proxy.origin)).tokens.access_token
  })
  afterAll(() => proxy?.close())

  test('what one opened, the other serves', async () => {
    const session = await openSession(on(one), token)
    for (const instance of [other, one, other]) {
      const { status, rpc: answered } = await callInSession(on(instance), session, 'whoami')
      expect(status).toBe(200)
      expect(answered.result?.structuredContent).toMatchObject({ scopes: ['claudeai'] })
    }
  })

  test('what one asks is answered through the other', async () => {
    const session = await openSession(on(one), token)
    const stream = await openStream(on(one), session, { method: 'POST', message: ask })
    const { id } = await stream.until(isAsked)
    expect((await respond(other, session, id)).status).toBe(202)
    expect(resultText(await stream.until(isAnswered))).toContain('ada@example.com')
    await stream.ended
  })

  test('a stream that breaks on one goes on from the other', async () => {
    const session = await openSession(on(one), token)
    const { events } = await brokenOff(session)
    const [lastEventId = ''] = events
    const resumed = await openStream(on(other), session, { method: 'GET', lastEventId })
    const { id } = await resumed.until(isAsked)
    await respond(other, session, id)
    expect(resultText(await resumed.until(isAnswered))).toContain('ada@example.com')
    await resumed.ended
  })

  test('a stream is resumed although its events are still being written', async () => {
    const session = await openSession(on(one), token)
    const writer = new pg.Client({ connectionString: databaseUrl })
    await writer.connect()
    await writer.query('BEGIN; LOCK TABLE "McpStreamEvent" IN EXCLUSIVE MODE')
    const { id, events } = await brokenOff(session)
    const [lastEventId = ''] = events
    const places = [one, other].map((instance) =>
      openStream(on(instance), session, { method: 'GET', lastEventId }),
    )
    await sleep(400)
    await writer.query('COMMIT')
    await writer.end()
    const [first, second] = await Promise.all(places)
    // one of them gives way to the other, who reads it all
    const asked = await Promise.any([first, second].map((stream) => stream?.until(isAsked)))
    expect(asked?.id).toBe(id)
    await respond(one, session, id)
    for (const stream of [first, second]) stream?.drop()
  })

  test('a stream that was resumed and the one of GET do not drive each other out', async () => {
    const session = await openSession(on(one), token)
    const { events } = await brokenOff(session)
    const [lastEventId = ''] = events
    const resumed = await openStream(on(other), session, { method: 'GET', lastEventId })
    const { id } = await resumed.until(isAsked)
    const standalone = await openStream(on(other), session, { method: 'GET' })
    const second = await openStream(on(one), session, { method: 'GET' })
    // by now the notification of the second has come
    await standalone.ended
    await respond(one, session, id)
    expect(resultText(await resumed.until(isAnswered))).toContain('ada@example.com')
    await resumed.ended
    expect((await callInSession(on(one), session, 'test_trigger_tool_change')).status).toBe(200)
    await second.until(({ method }) => method === 'notifications/tools/list_changed')
    second.drop()
  })

  test('a stream that is resumed twice is read by who came last', async () => {
    const session = await openSession(on(one), token)
    const { id, events } = await brokenOff(session)
    const lastEventId = String(events.at(-1))
    const first = await openStream(on(one), session, { method: 'GET', lastEventId })
    const second = await openStream(on(other), session, { method: 'GET', lastEventId })
    await first.ended
    await respond(one, session, id)
    expect(resultText(await second.until(isAnswered))).toContain('ada@example.com')
    expect(first.events.filter(({ data }) => data.includes('ada@example.com'))).toEqual([])
  })

  test('an answer that was ready before anybody came back for it is kept', async () => {
    const session = await openSession(on(one), token)
    const message = rpc('tools/call', { name: 'test_reconnection', arguments: {} }, 'ask')
    const closed = await openStream(on(one), session, { method: 'POST', message })
    await closed.ended
    expect(closed.events.filter(({ data }) => data !== '')).toEqual([])
    const lastEventId = String(closed.events[0]?.id)
    const resumed = await openStream(on(other), session, { method: 'GET', lastEventId })
    expect(resultText(await resumed.until(isAnswered))).toContain('after its stream was closed')
    await resumed.ended
  })

  test('a call that nobody works on any more is not waited for', async () => {
    const session = await openSession(on(one), token)
    const { events } = await brokenOff(session)
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    await client.query(`update "McpStreamEvent" set "createdAt" = now() - interval '6 minutes'`)
    await client.end()
    const lastEventId = String(events.at(-1))
    expect((await openStream(on(other), session, { method: 'GET', lastEventId })).status).toBe(405)
  })

  test('an event is sent although its notification was lost', async () => {
    const session = await openSession(on(one), token)
    const { events } = await brokenOff(session)
    const lastEventId = String(events.at(-1))
    const resumed = await openStream(on(other), session, { method: 'GET', lastEventId })
    // by now it has found nothing and waits
    await sleep(1000)
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    await client.query(
      `insert into "McpStreamEvent" ("sessionId", "streamId", seq, message, final)
        select "sessionId", "streamId", max(seq) + 1, $1, true from "McpStreamEvent"
        where "streamId" <> 'standalone' group by 1, 2 order by max(id) desc limit 1`,
      [JSON.stringify({ jsonrpc: '2.0', id: 'ask', result: { content: [] } })],
    )
    await client.end()
    await resumed.until(isAnswered)
    await resumed.ended
  })

  test('a change on one is told on the streams of the other', async () => {
    const session = await openSession(on(one), token)
    const standalone = await openStream(on(other), session, { method: 'GET' })
    const listen = new AbortController()
    const subscribed = await fetch(on(other), {
      method: 'POST',
      headers: mcpHeaders(token, statelessHeaders('subscriptions/listen')),
      body: JSON.stringify(
        statelessRpc('subscriptions/listen', { notifications: { toolsListChanged: true } }),
      ),
      signal: listen.signal,
    })
    const reader = subscribed.body?.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const isChange = ({ method }: Record<string, unknown>) =>
      method === 'notifications/tools/list_changed'
    expect((await callInSession(on(one), session, 'test_trigger_tool_change')).status).toBe(200)
    await standalone.until(isChange)
    while (!heard.includes('list_changed')) heard += (await reader?.read())?.value ?? ''
    listen.abort()
    standalone.drop()
  })

  test('a session that ends on one is gone on the other', async () => {
    const session = await openSession(on(one), token)
    expect((await callInSession(on(other), session, 'whoami')).status).toBe(200)
    const stream = await openStream(on(other), session, { method: 'GET' })
    const headers = mcpHeaders(token, { 'mcp-session-id': session.id })
    expect((await fetch(on(one), { method: 'DELETE', headers })).status).toBe(200)
    await stream.ended
    expect((await callInSession(on(other), session, 'whoami')).status).toBe(404)
  })

  test('the official client notices nothing of it', async () => {
    const client = new Client(
      { name: 'round-robin', version: '1.0.0' },
      { capabilities: { elicitation: {} } },
    )
    client.setRequestHandler(ElicitRequestSchema, () => ({
      action: 'accept' as const,
      content: answer.content,
    }))
    const requestInit = { headers: { authorization: `Bearer ${token}` } }
    await client.connect(
      new StreamableHTTPClientTransport(new URL(on(proxy)), { requestInit }) as never,
    )
    for (let round = 0; round < 6; round += 1) {
      const asked = await client.callTool({
        name: 'test_elicitation',
        arguments: { message: `Round ${round}` },
      })
      expect(JSON.stringify(asked.content)).toContain('ada@example.com')
      expect((await client.listTools()).tools.length).toBeGreaterThan(3)
    }
    await client.close()
  })

  test(verifies(['A64', 'A66'], 'streams on the other end when one revokes'), async () => {
    const connection = await connect(proxy.origin)
    const session = await openSession(on(one), connection.tokens.access_token)
    const stream = await openStream(on(other), session, { method: 'GET' })
    const body = new URLSearchParams({
      token: connection.tokens.refresh_token,
      client_id: connection.client.client_id,
    })
    expect((await fetch(`${one.origin}/revoke`, { method: 'POST', body })).status).toBe(200)
    await stream.ended
    expect((await callInSession(on(other), session, 'whoami')).status).toBe(401)
  })

  test('when one is killed, its sessions go on', async () => {
    const session = await openSession(on(one), token)
    const stream = await openStream(on(one), session, { method: 'GET' })
    await callInSession(on(one), session, 'whoami')
    proxy.remove(one.origin)
    await one.kill()
    await stream.ended
    for (let round = 0; round < 3; round += 1) {
      expect((await callInSession(on(proxy), session, 'whoami')).status).toBe(200)
    }
    const again = await openStream(on(proxy), session, { method: 'GET' })
    expect(again.status).toBe(200)
    again.drop()
  })
})
