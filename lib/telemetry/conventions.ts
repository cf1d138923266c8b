import type { Attributes } from '@opentelemetry/api'
import { env } from '@/lib/config/env'
import type { EndedExchange, McpOperation } from '@/lib/recorder/signals'
import { knownMethod, knownRevision, knownTool, other } from './known'

/**
 * Attributes of spans and metrics, by OpenTelemetry's semantic conventions for HTTP (1.41) and for MCP
 * (open-telemetry/semantic-conventions-genai). They contain no query, token, address or person.
 */

/** The routes of endpoints by name; other requests have none. */
const routes: Readonly<Record<string, string>> = {
  mcp: '/mcp',
  authorize: '/authorize',
  token: '/token',
  register: '/register',
  revoke: '/revoke',
  introspect: '/introspect',
  metrics: '/metrics',
  cron: '/api/cron',
  root: '/',
  'consent answer': '/consent/[interaction]/answer',
  'consent decision': '/consent/[interaction]/decision',
  'protected resource metadata': '/.well-known/oauth-protected-resource/[[...resource]]',
  'authorization server metadata': '/.well-known/oauth-authorization-server/[[...issuer]]',
  'key set': '/.well-known/jwks.json',
}

const methods: ReadonlySet<string> = new Set(
  'GET HEAD OPTIONS POST PUT PATCH DELETE TRACE CONNECT QUERY'.split(' '),
)

type Server = { readonly scheme: string; readonly address: string; readonly port: number }

let server: Server | null = null

/** This server's public address, which does not change. */
function serverOf(): Server {
  if (server) return server
  const { hostname, port, protocol } = new URL(env().origin)
  const usual = protocol === 'https:' ? 443 : 80
  server = { scheme: protocol.slice(0, -1), address: hostname, port: Number(port || usual) }
  return server
}

/** The route of an endpoint, or `null`. */
export const routeOf = (endpoint: string): string | null => routes[endpoint] ?? null

/** HTTP "Metric: http.server.request.duration". */
export function httpMetricAttributes({ endpoint, exchange, status }: EndedExchange): Attributes {
  const route = routeOf(endpoint)
  return {
    'http.request.method': methods.has(exchange.method) ? exchange.method : '_OTHER',
    'url.scheme': serverOf().scheme,
    'http.response.status_code': status,
    ...(route === null ? {} : { 'http.route': route }),
    ...(status >= 500 ? { 'error.type': String(status) } : {}),
  }
}

/** HTTP "HTTP server". `client.address` is left out: it reveals where a person is. */
export function httpSpanAttributes(ended: EndedExchange): Attributes {
  const { exchange } = ended
  const { address, port } = serverOf()
  return {
    ...httpMetricAttributes(ended),
    'url.path': exchange.path,
    'server.address': address,
    'server.port': port,
    ...(exchange.userAgent === null ? {} : { 'user_agent.original': exchange.userAgent }),
  }
}

/** Why an operation failed, or `null`: the JSON-RPC code, `tool_error`, or the HTTP status. */
export function errorType({ status }: EndedExchange, mcp: McpOperation): string | null {
  if (mcp.code !== null) return String(mcp.code)
  if (status >= 400) return String(status)
  return mcp.isError ? 'tool_error' : null
}

/** MCP "Metric: mcp.server.operation.duration". */
export function mcpMetricAttributes(ended: EndedExchange, mcp: McpOperation): Attributes {
  const method = knownMethod(mcp.method)
  const revision = knownRevision(mcp.revision)
  const error = errorType(ended, mcp)
  const tool = method === 'tools/call' ? knownTool(mcp.target) : null
  return {
    'mcp.method.name': method,
    'network.transport': 'tcp',
    'network.protocol.name': 'http',
    ...(revision === 'none' ? {} : { 'mcp.protocol.version': revision }),
    ...(tool === null ? {} : { 'gen_ai.tool.name': tool, 'gen_ai.operation.name': 'execute_tool' }),
    ...(mcp.code === null ? {} : { 'rpc.response.status_code': String(mcp.code) }),
    ...(error === null ? {} : { 'error.type': error }),
  }
}

/** MCP "Server" spans. */
export function mcpSpanAttributes(ended: EndedExchange, mcp: McpOperation): Attributes {
  const isResource = /^resources\/(read|subscribe|unsubscribe)$/.test(mcp.method)
  return {
    ...mcpMetricAttributes(ended, mcp),
    ...(mcp.rpcId === null ? {} : { 'jsonrpc.request.id': mcp.rpcId }),
    ...(mcp.sessionId === null ? {} : { 'mcp.session.id': mcp.sessionId }),
    ...(isResource && mcp.target !== null ? { 'mcp.resource.uri': mcp.target } : {}),
  }
}

/** `{mcp.method.name} {target}`, where neither can be a client's arbitrary text. */
export function mcpSpanName({ method, target }: McpOperation): string {
  const tool = method === 'tools/call' ? knownTool(target) : other
  return tool === other ? knownMethod(method) : `${method} ${tool}`
}
