import { describe, expect, test } from 'vitest'
import {
  initialize,
  mcpHeaders,
  postMcp,
  rpc,
  statelessHeaders,
  statelessRpc,
  toolCall,
} from '../support/mcp/mcp-message'
import { toolNames } from '../support/mcp/tool-names'
import { connect } from '../support/oauth/oauth-tokens'
import { operatorOf } from '../support/people/operator'
import { untilLogged } from '../support/people/operator-log'
import { sharedOrigin } from '../support/server/portico'

const origin = sharedOrigin()
const mcpUrl = `${origin}/mcp`
const { tokens } = await connect(origin)
const token = tokens.access_token
const modern = '2026-07-28'
const withHandshake = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']
const whoami = { name: 'whoami', arguments: {} }

describe.each(withHandshake)('revision %s', (revision) => {
  test('is agreed on, and serves a whole session', async () => {
    const opening = await postMcp(mcpUrl, token, initialize(revision))
    expect(opening.status).toBe(200)
    expect(opening.rpc.result).toMatchObject({
      protocolVersion: revision,
      serverInfo: { name: 'Portico' },
      capabilities: { tools: {} },
    })
    const headers: Record<string, string> =
      revision < '2025-06-18' ? {} : { 'mcp-protocol-version': revision }
    const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' }
    const noted = await postMcp(mcpUrl, token, initialized, headers)
    expect([noted.status, noted.text]).toEqual([202, ''])
    const list = await postMcp(mcpUrl, token, rpc('tools/list'), headers)
    expect(list.rpc.result?.tools).toHaveLength(toolNames.length)
    const called = await postMcp(mcpUrl, token, toolCall('whoami'), headers)
    expect(called.rpc.result?.structuredContent).toMatchObject({ scopes: ['claudeai'] })
    expect((await postMcp(mcpUrl, token, rpc('ping'), headers)).rpc.result).toEqual({})
  })

  test('answers an unknown method in JSON-RPC', async () => {
    const { status, rpc: answer } = await postMcp(mcpUrl, token, rpc('no/such'))
    expect([status, answer.error?.code]).toEqual([200, -32601])
  })
})

test.each(['1999-01-01', '2026-07-28', 'latest'])(
  'initialize with %s is answered with the newest revision that has a handshake',
  async (revision) => {
    const { rpc: answer } = await postMcp(mcpUrl, token, initialize(revision))
    expect(answer.result?.protocolVersion).toBe('2025-11-25')
  },
)

describe('revision 2026-07-28', () => {
  test('is discovered', async () => {
    const method = 'server/discover'
    const { status, rpc: answer } = await postMcp(
      mcpUrl,
      token,
      statelessRpc(method),
      statelessHeaders(method),
    )
    expect(status).toBe(200)
    expect(answer.result).toMatchObject({
      supportedVersions: [modern],
      resultType: 'complete',
      cacheScope: 'private',
      ttlMs: expect.any(Number),
    })
  })

  test('serves every request by itself', async () => {
    const list = await postMcp(
      mcpUrl,
      token,
      statelessRpc('tools/list'),
      statelessHeaders('tools/list'),
    )
    expect(list.rpc.result?.tools).toHaveLength(toolNames.length)
    expect(list.headers.get('mcp-session-id')).toBeNull()
    const headers = statelessHeaders('tools/call', 'whoami')
    const called = await postMcp(mcpUrl, token, statelessRpc('tools/call', whoami), headers)
    expect(called.rpc.result).toMatchObject({
      resultType: 'complete',
      structuredContent: { scopes: ['claudeai'] },
    })
  })

  test.each([
    ['an unknown method', statelessRpc('no/such'), statelessHeaders('no/such'), 404, -32601],
    ['initialize', statelessRpc('initialize'), statelessHeaders('initialize'), 404, -32601],
    [
      'another Mcp-Method',
      statelessRpc('tools/list'),
      statelessHeaders('tools/call', 'whoami'),
      400,
      -32020,
    ],
    ['no _meta', rpc('tools/list'), statelessHeaders('tools/list'), 400, -32602],
    [
      'a revision that is not served',
      statelessRpc('tools/list', {}, '2099-01-01'),
      { ...statelessHeaders('tools/list'), 'mcp-protocol-version': '2099-01-01' },
      400,
      -32022,
    ],
    [
      'two revisions, none of them older',
      statelessRpc('tools/list', {}, 'v999.0.0'),
      statelessHeaders('tools/list'),
      400,
      undefined,
    ],
  ])('%s is refused', async (_title, message, headers, status, code) => {
    const answer = await postMcp(mcpUrl, token, message, headers)
    expect(answer.status).toBe(status)
    expect(answer.rpc.error?.code).toEqual(code ?? expect.any(Number))
  })
})

describe('what clients send although the specification says otherwise', () => {
  const called = expect.objectContaining({ scopes: ['claudeai'] })

  test.each(withHandshake)('_meta of 2026-07-28 under a header of %s', async (revision) => {
    const headers = { 'mcp-protocol-version': revision }
    const answer = await postMcp(mcpUrl, token, statelessRpc('tools/call', whoami), headers)
    expect(answer.status).toBe(200)
    expect(answer.rpc.result?.structuredContent).toEqual(called)
  })

  test.each(['2025-11-25', '2025-06-18'])('the version header twice: %s', async (revision) => {
    const headers = { 'mcp-protocol-version': `${revision}, ${revision}` }
    const answer = await postMcp(mcpUrl, token, toolCall('whoami'), headers)
    expect(answer.rpc.result?.structuredContent).toEqual(called)
  })

  test('two different versions are not guessed at', async () => {
    const headers = { 'mcp-protocol-version': '2025-11-25, 2025-06-18' }
    expect((await postMcp(mcpUrl, token, toolCall('whoami'), headers)).status).toBe(400)
  })

  test('an unknown version in the header is 400', async () => {
    const headers = { 'mcp-protocol-version': '1999-01-01' }
    expect((await postMcp(mcpUrl, token, toolCall('whoami'), headers)).status).toBe(400)
  })

  test('a trailing slash', async () => {
    const answer = await postMcp(`${mcpUrl}/`, token, toolCall('whoami'))
    expect(answer.rpc.result?.structuredContent).toEqual(called)
  })

  test('no Mcp-Method and no Mcp-Name where the body says both', async () => {
    const headers = { 'mcp-protocol-version': modern }
    const answer = await postMcp(mcpUrl, token, statelessRpc('tools/call', whoami), headers)
    expect(answer.rpc.result?.structuredContent).toEqual(called)
  })

  test('a tool call without any opening', async () => {
    const other = (await connect(origin)).tokens.access_token
    const answer = await postMcp(mcpUrl, other, toolCall('whoami'))
    expect(answer.rpc.result?.structuredContent).toEqual(called)
  })

  test.each(['GET', 'DELETE', 'PUT', 'PATCH'])('%s without a session is 405', async (method) => {
    const headers = mcpHeaders(token, { accept: 'text/event-stream' })
    const response = await fetch(mcpUrl, { method, headers })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('POST')
  })

  test('a batch of the revision that had them', async () => {
    const batch = [rpc('ping', {}, 'a'), rpc('tools/list', {}, 'b')]
    const answer = await postMcp(mcpUrl, token, batch)
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('"id":"a"')
    expect(answer.text).toContain('"id":"b"')
  })

  test('a batch that calls several tools', async () => {
    const call = (name: string, id: string) => rpc('tools/call', { name, arguments: {} }, id)
    const batch = [call('whoami', 'a'), call('server_status', 'b'), call('no_such_tool', 'c')]
    const { status, text } = await postMcp(mcpUrl, token, batch)
    expect(status).toBe(200)
    const answers = text
      .split('\n')
      .filter((line) => line.startsWith('data: {'))
      .flatMap((line) => JSON.parse(line.slice('data: '.length)))
    const ids = answers.filter(({ result }) => result?.structuredContent).map(({ id }) => id)
    expect(ids.toSorted()).toEqual(['a', 'b'])
  })
})

test('the log says which revision a call was made by', async () => {
  const { client, tokens: own } = await connect(origin)
  const call = (message: object, headers: Readonly<Record<string, string>>) =>
    postMcp(mcpUrl, own.access_token, message, headers)
  await call(toolCall('whoami'), {})
  for (const sent of ['2025-06-18', '2025-11-25, 2025-11-25', '1999-01-01']) {
    await call(toolCall('whoami'), { 'mcp-protocol-version': sent })
  }
  await call(statelessRpc('tools/call', whoami), statelessHeaders('tools/call', 'whoami'))
  const query = { client: client.client_id, path: '/mcp' }
  const isAnswer = ({ name }: { name: string }) => name !== 'mcp.quirk_absorbed'
  const rows = await untilLogged(await operatorOf(origin), query, (all) => {
    return all.filter(isAnswer).length === 5
  })
  expect(
    rows.filter(isAnswer).map(({ name, detail }) => [name, detail.protocolVersion ?? null]),
  ).toEqual([
    ['mcp.called', null],
    ['mcp.called', '2025-06-18'],
    ['mcp.called', '2025-11-25'],
    ['mcp.refused', '1999-01-01'],
    ['mcp.called', modern],
  ])
})
