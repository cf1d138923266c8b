import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  initialize,
  postMcp,
  rpc,
  statelessHeaders,
  statelessRpc,
  toolCall,
} from '../support/mcp/mcp-message'
import { connect } from '../support/oauth/oauth-tokens'
import {
  type OtlpReceiver,
  type Point,
  receiveOtlp,
  type Span,
} from '../support/receivers/otlp-receiver'
import { freePort } from '../support/server/free-port.mjs'
import { startPortico } from '../support/server/portico'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const server = 2
const error = 2

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
const newParent = () => {
  const traceId = hex(16)
  const spanId = hex(8)
  return { traceId, spanId, header: `00-${traceId}-${spanId}-01` }
}

const http = newParent()
const message = newParent()
const unsampled = newParent()
const late = newParent()

let collector: OtlpReceiver
const secrets: string[] = []

const spanOf = (name: string, traceId?: string): Span | undefined =>
  collector.spans.find((span) => span.name === name && (!traceId || span.traceId === traceId))

/** The newest point of a metric that has these attributes. */
const pointOf = (name: string, attributes: object = {}): Point | undefined =>
  collector.points.findLast(
    (point) =>
      point.name === name &&
      Object.entries(attributes).every(([key, value]) => point.attributes[key] === value),
  )

const withTrace = (call: object, traceparent: string) => {
  const { params, ...rest } = call as { params: { _meta?: object } }
  return { ...rest, params: { ...params, _meta: { ...params._meta, traceparent } } }
}

beforeAll(async () => {
  collector = await receiveOtlp()
  const portico = await startPortico({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=acme',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_METRIC_EXPORT_INTERVAL: '2000',
    },
  })
  const { origin } = portico
  const mcpUrl = `${origin}/mcp`
  const { code, verifier, tokens } = await connect(origin)
  const token = tokens.access_token
  secrets.push(code, verifier, token, tokens.refresh_token)
  const call = statelessRpc('tools/call', { name: 'whoami', arguments: {} })
  const headers = statelessHeaders('tools/call', 'whoami')
  await postMcp(mcpUrl, token, call, { ...headers, traceparent: http.header })
  await postMcp(mcpUrl, token, withTrace(call, message.header), headers)
  await postMcp(mcpUrl, token, toolCall('whoami'), { traceparent: 'not a context' })
  await postMcp(mcpUrl, token, toolCall('made-up-tool'))
  await postMcp(mcpUrl, token, rpc('made/up'))
  await postMcp(mcpUrl, token, toolCall('whoami'), {
    traceparent: unsampled.header.replace(/01$/, '00'),
  })
  const opened = await postMcp(mcpUrl, token, initialize('2025-06-18'))
  const sessionId = opened.headers.get('mcp-session-id') ?? ''
  secrets.push(sessionId)
  await fetch(mcpUrl, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}`, 'mcp-session-id': sessionId },
  })
  await fetch(`${mcpUrl}?access_token=${token}`)
  await vi.waitFor(
    () => {
      expect(spanOf('GET /mcp')).toBeDefined()
      expect(pointOf('portico.handshakes', { verdict: 'connected' })?.value).toBe(1)
    },
    { timeout: 60_000, interval: 200 },
  )
  // what waits is sent when the server stops
  await fetch(`${origin}/.well-known/jwks.json?token=${token}`, {
    headers: { traceparent: late.header },
  })
  await portico.stop()
})

afterAll(() => collector?.close())

describe('a tool call', () => {
  test('continues the trace of its HTTP request', () => {
    const request = collector.spans.find(({ parentSpanId }) => parentSpanId === http.spanId)
    expect(request).toMatchObject({ name: 'POST /mcp', kind: server, traceId: http.traceId })
    expect(request?.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/mcp',
      'http.response.status_code': 200,
      'url.path': '/mcp',
      'url.scheme': 'http',
      'server.address': 'localhost',
      'user_agent.original': expect.any(String),
    })
    const operation = spanOf('tools/call whoami', http.traceId)
    expect(operation).toMatchObject({ kind: server, parentSpanId: request?.spanId, links: [] })
    expect(operation?.attributes).toEqual({
      'mcp.method.name': 'tools/call',
      'mcp.protocol.version': '2026-07-28',
      'gen_ai.tool.name': 'whoami',
      'gen_ai.operation.name': 'execute_tool',
      'jsonrpc.request.id': '1',
      'network.transport': 'tcp',
      'network.protocol.name': 'http',
    })
    expect(operation?.durationMs).toBeGreaterThan(0)
  })

  test('continues the trace of its message, and links that of HTTP', () => {
    const operation = spanOf('tools/call whoami', message.traceId)
    expect(operation?.parentSpanId).toBe(message.spanId)
    const [link] = operation?.links ?? []
    const request = collector.spans.find(({ spanId }) => spanId === link?.spanId)
    expect(request).toMatchObject({ name: 'POST /mcp', parentSpanId: '' })
    expect(request?.traceId).not.toBe(message.traceId)
  })

  test('whose caller does not trace is not traced, and one that sends nonsense begins anew', () => {
    expect(collector.spans.filter(({ traceId }) => traceId === unsampled.traceId)).toEqual([])
    const calls = collector.spans.filter(({ name }) => name === 'tools/call whoami')
    // by HTTP, by message, and with nonsense
    expect(calls).toHaveLength(3)
  })

  test('that fails says how, and what a client makes up names no span', () => {
    const failed = collector.spans.find(
      ({ attributes }) => attributes['gen_ai.tool.name'] === 'other',
    )
    expect(failed).toMatchObject({ name: 'tools/call', status: error })
    const unknown = collector.spans.find(
      ({ attributes }) => attributes['mcp.method.name'] === 'other',
    )
    expect(unknown).toMatchObject({ name: 'other', status: error })
    expect(unknown?.attributes).toMatchObject({
      'error.type': '-32601',
      'rpc.response.status_code': '-32601',
    })
  })
})

test('what waits is sent when the server stops', () => {
  expect(spanOf('GET /.well-known/jwks.json', late.traceId)).toMatchObject({ kind: server })
})

test('the other endpoints have spans by their route', () => {
  const names = new Set(collector.spans.map(({ name }) => name))
  for (const name of ['POST /register', 'GET /authorize', 'POST /token', 'GET /mcp']) {
    expect(names).toContain(name)
  }
})

test('who sends is in the resource, and the headers are sent along', () => {
  const { resource } = collector.spans[0] as Span
  expect(resource).toMatchObject({
    'service.name': 'portico',
    'service.version': expect.any(String),
    'service.instance.id': expect.any(String),
    'deployment.environment.name': 'test',
  })
  expect(collector.headers.every((headers) => headers['x-tenant'] === 'acme')).toBe(true)
})

describe('metrics', () => {
  test("of MCP's conventions", () => {
    const call = { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'whoami' }
    const stateless = { ...call, 'mcp.protocol.version': '2026-07-28' }
    expect(pointOf('mcp.server.operation.duration', stateless)).toMatchObject({
      unit: 's',
      value: 2,
    })
    expect(pointOf('mcp.server.session.duration')).toMatchObject({
      value: 1,
      attributes: { 'mcp.protocol.version': '2025-06-18' },
    })
    expect(pointOf('http.server.request.duration', { 'http.route': '/token' })?.value).toBe(1)
  })

  test('of our own', () => {
    expect(pointOf('portico.tool.calls', { tool: 'whoami', outcome: 'ok' })?.value).toBe(4)
    expect(pointOf('portico.handshakes', { verdict: 'connected' })?.value).toBe(1)
    expect(pointOf('portico.database.up')?.value).toBe(1)
    expect(pointOf('portico.events.dropped')?.value).toBe(0)
    expect(pointOf('portico.signing.key.age')?.unit).toBe('s')
  })
})

test('no secret is sent', () => {
  expect(secrets.filter((secret) => secret.length < 16)).toEqual([])
  const sent = collector.received()
  expect(sent).toContain('tools/call')
  expect(secrets.filter((secret) => sent.includes(secret))).toEqual([])
})

test('a collector that is away disturbs nobody, and is named once', async () => {
  const portico = await startPortico({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${await freePort()}`,
      OTEL_METRIC_EXPORT_INTERVAL: '200',
      OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    },
  })
  const { tokens } = await connect(portico.origin)
  const answer = await postMcp(`${portico.origin}/mcp`, tokens.access_token, toolCall('whoami'))
  expect(answer.status).toBe(200)
  await vi.waitFor(() => expect(portico.output()).toContain('OpenTelemetry: '), 20_000)
  const { code } = await portico.stop()
  expect(code).toBe(0)
  expect(portico.output().match(/OpenTelemetry: /g)).toHaveLength(1)
})
