import { describe, expect, test, vi } from 'vitest'
import { initialize, mcpHeaders, postMcp, rpc, toolCall } from '../support/mcp/mcp-message'
import {
  callInSession,
  openSession,
  openStream,
  postInSession,
  type Session,
} from '../support/mcp/mcp-session'
import { connect, refresh, tokensOf } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { readLog, untilLogged } from '../support/people/operator-log'
import { sharedOrigin, startPortico } from '../support/server/portico'
import { verifies } from '../support/sources/verifies'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const origin = sharedOrigin()
const mcpUrl = `${origin}/mcp`
const { tokens } = await connect(origin)
const token = tokens.access_token

const end = (id: string, bearer = token) =>
  fetch(mcpUrl, { method: 'DELETE', headers: mcpHeaders(bearer, { 'mcp-session-id': id }) })

describe('a session', () => {
  test.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])(
    'of %s has an id that cannot be guessed, and serves',
    async (revision) => {
      const session = await openSession(mcpUrl, token, revision)
      expect(session.id).toMatch(/^[!-~]{32,}$/)
      const { status, rpc: answered } = await callInSession(mcpUrl, session, 'whoami')
      expect(status).toBe(200)
      expect(answered.result?.structuredContent).toMatchObject({ scopes: ['claudeai'] })
    },
  )

  test('that was never given out is 404', async () => {
    const session = { id: 'mcps_none', token, revision: '2025-11-25' }
    expect((await callInSession(mcpUrl, session, 'whoami')).status).toBe(404)
  })

  test(verifies(['R1', 'R8'], 'of somebody else is 404, and goes on for its owner'), async () => {
    const session = await openSession(mcpUrl, token)
    const other = (await connect(origin)).tokens.access_token
    const stolen = { ...session, token: other }
    expect((await callInSession(mcpUrl, stolen, 'whoami')).status).toBe(404)
    expect((await openStream(mcpUrl, stolen, { method: 'GET' })).status).toBe(404)
    expect((await end(session.id, other)).status).toBe(404)
    expect((await callInSession(mcpUrl, session, 'whoami')).status).toBe(200)
  })

  test(verifies(['R1'], 'is no authentication: without a token it is 401'), async () => {
    const session = await openSession(mcpUrl, token)
    const headers = { 'mcp-session-id': session.id }
    expect((await postMcp(mcpUrl, null, toolCall('whoami'), headers)).status).toBe(401)
  })

  test('goes on with a refreshed token', async () => {
    const connection = await connect(origin)
    const session = await openSession(mcpUrl, connection.tokens.access_token)
    const next = tokensOf(await refresh(origin, connection, connection.tokens.refresh_token))
    const renewed = { ...session, token: next.access_token }
    expect((await callInSession(mcpUrl, renewed, 'whoami')).status).toBe(200)
  })

  test('ends by DELETE, once', async () => {
    const session = await openSession(mcpUrl, token)
    const stream = await openStream(mcpUrl, session, { method: 'GET' })
    expect((await end(session.id)).status).toBe(200)
    await stream.ended
    expect((await end(session.id)).status).toBe(404)
    expect((await callInSession(mcpUrl, session, 'whoami')).status).toBe(404)
    expect((await openStream(mcpUrl, session, { method: 'GET' })).status).toBe(404)
  })

  test('cannot be opened twice in one batch', async () => {
    const batch = [initialize('2025-11-25'), initialize('2025-11-25')]
    expect((await postMcp(mcpUrl, token, batch)).status).toBe(400)
  })

  test('is told of in the log, with its public id', async () => {
    const session = await openSession(mcpUrl, token)
    await callInSession(mcpUrl, session, 'server_status')
    const stream = await openStream(mcpUrl, session, { method: 'GET' })
    await end(session.id)
    await stream.ended
    const operator = await operatorOf(origin)
    const rows = await untilLogged(operator, {}, (all) =>
      all.some(({ name }) => name === 'mcp.stream_closed'),
    )
    const ended = rows.filter(({ name }) => name === 'mcp.session_ended').at(-1)
    expect(ended?.sessionId).toMatch(/^ses_/)
    const names = rows.filter(({ sessionId }) => sessionId === ended?.sessionId)
    expect(new Set(names.map(({ name }) => name))).toEqual(
      new Set([
        'mcp.initialized',
        'mcp.notified',
        'mcp.called',
        'mcp.stream_opened',
        'mcp.session_ended',
        'mcp.stream_closed',
      ]),
    )
    expect(JSON.stringify(await readLog(operator))).not.toContain(session.id)
  })
})

describe('the stream of GET', () => {
  test('begins with an event to resume from, where the revision has it', async () => {
    const session = await openSession(mcpUrl, token)
    const stream = await openStream(mcpUrl, session, { method: 'GET' })
    expect(stream.status).toBe(200)
    await vi.waitFor(() => expect(stream.events[0]).toEqual({ id: expect.any(String), data: '' }))
    stream.drop()
    const older = await openSession(mcpUrl, token, '2025-06-18')
    const silent = await openStream(mcpUrl, older, { method: 'GET' })
    expect(silent.events).toEqual([])
    silent.drop()
  })

  test('says something every 15 s, or a proxy would take it for dead', async () => {
    const session = await openSession(mcpUrl, token)
    const headers = mcpHeaders(token, {
      accept: 'text/event-stream',
      'content-type': null,
      'mcp-session-id': session.id,
    })
    const signal = AbortSignal.timeout(20_000)
    const { body } = await fetch(mcpUrl, { headers, signal })
    let heard = ''
    for await (const chunk of body ?? []) {
      heard += new TextDecoder().decode(chunk)
      if (heard.includes(': keepalive\n\n')) break
    }
    expect(heard).toContain(': keepalive\n\n')
  })

  test(verifies(['R13'], 'gives way to a second one'), async () => {
    const session = await openSession(mcpUrl, token)
    const first = await openStream(mcpUrl, session, { method: 'GET' })
    const second = await openStream(mcpUrl, session, { method: 'GET' })
    expect([first.status, second.status]).toEqual([200, 200])
    await first.ended
    second.drop()
  })

  test('is not resumed from an event that is not known', async () => {
    const session = await openSession(mcpUrl, token)
    for (const lastEventId of ['nonsense', '11111111-1111-4111-8111-111111111111_3']) {
      expect((await openStream(mcpUrl, session, { method: 'GET', lastEventId })).status).toBe(400)
    }
  })

  test('needs Accept: text/event-stream', async () => {
    const session = await openSession(mcpUrl, token)
    const headers = mcpHeaders(token, { 'mcp-session-id': session.id, accept: 'text/html' })
    expect((await fetch(mcpUrl, { headers })).status).toBe(406)
  })

  test(verifies(['A64', 'A66'], 'ends when the connection is revoked'), async () => {
    const connection = await connect(origin)
    const session = await openSession(mcpUrl, connection.tokens.access_token)
    const stream = await openStream(mcpUrl, session, { method: 'GET' })
    expect(stream.status).toBe(200)
    const body = new URLSearchParams({
      token: connection.tokens.refresh_token,
      client_id: connection.client.client_id,
    })
    expect((await fetch(`${origin}/revoke`, { method: 'POST', body })).status).toBe(200)
    await stream.ended
    expect((await callInSession(mcpUrl, session, 'whoami')).status).toBe(401)
  })
})

describe('the answer to a call that was read to its end', () => {
  const answered = async () => {
    const session = await openSession(mcpUrl, token)
    const message = rpc('tools/call', { name: 'whoami', arguments: {} }, 'who')
    const stream = await openStream(mcpUrl, session, { method: 'POST', message })
    await stream.ended
    return { session, ids: stream.events.map(({ id }) => String(id)), events: stream.events }
  }
  const resume = (session: Session, lastEventId: string) =>
    vi.waitFor(async () => {
      const stream = await openStream(mcpUrl, session, { method: 'GET', lastEventId })
      expect(stream.status).not.toBe(400)
      return stream
    })

  test('is not gone on with: SDK 1.23 would come back after each call, and for ever', async () => {
    const { session, ids } = await answered()
    const [primed = '', last = ''] = [ids[0], ids.at(-1)]
    expect(last).not.toBe(primed)
    const resumed = await resume(session, last)
    expect(resumed.status).toBe(405)
    await resumed.ended
    // a place after the end is no other
    expect((await resume(session, last.replace(/\d+$/, '99'))).status).toBe(405)
    const rows = await untilLogged(await operatorOf(origin), {}, (all) =>
      all.some(({ detail }) => detail.kind === 'answer'),
    )
    const closed = rows.find(({ detail }) => detail.kind === 'answer')
    expect(closed).toMatchObject({ name: 'mcp.stream_closed', outcome: 'ok', status: 405 })
    const refused = rows.filter(({ name, status }) => name === 'mcp.refused' && status === 405)
    expect(refused).toEqual([])
  })

  test('is sent from where it was left, and ends then', async () => {
    const { session, ids, events } = await answered()
    const resumed = await resume(session, String(ids[0]))
    expect(resumed.status).toBe(200)
    await resumed.ended
    expect(resumed.events.at(-1)).toEqual(events.at(-1))
    expect((await resume(session, String(resumed.events.at(-1)?.id))).status).toBe(405)
  })
})

test('a session survives a restart, also by kill -9, and its streams can be resumed', async () => {
  const first = await startPortico()
  const url = `${first.origin}/mcp`
  const { port } = new URL(first.origin)
  const bearer = (await connect(first.origin)).tokens.access_token
  const session = await openSession(url, bearer)
  const call = { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'server_status' } }
  const stream = await openStream(url, session, { method: 'POST', message: call })
  await stream.ended
  const [opening, answer] = stream.events
  // the answer is with the client before it is in the database, which takes it a moment later
  await vi.waitFor(async () => {
    const resumed = await openStream(url, session, {
      method: 'GET',
      lastEventId: String(opening?.id),
    })
    await resumed.ended
    expect(resumed.events.at(-1)).toEqual(answer)
  })
  await first.kill()
  const second = await startPortico({ dataDir: first.dataDir, port: Number(port) })
  const again = `${second.origin}/mcp`
  expect((await callInSession(again, session, 'whoami')).status).toBe(200)
  const resumed = await openStream(again, session, {
    method: 'GET',
    lastEventId: String(opening?.id),
  })
  await resumed.ended
  expect(resumed.events.at(-1)).toEqual(answer)
  expect((await postInSession(again, session, { ...call, id: 4 })).status).toBe(200)
})
