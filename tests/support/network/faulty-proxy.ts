import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { freePort } from '../server/free-port.mjs'

/** What a proxy does to one request or its response. */
export type Fault = {
  /** responds instead of the server; `false` forwards the request */
  readonly answer?: (asked: IncomingMessage, response: ServerResponse) => boolean
  /** changes the request's headers */
  readonly request?: (headers: IncomingMessage['headers']) => void
  /** changes the response's headers, by requested path */
  readonly response?: (headers: IncomingMessage['headers'], path: string) => void
  /** delay of a request's body in milliseconds: server and client wait */
  readonly holdMs?: (asked: IncomingMessage) => number
  /** changes the response's body, by requested path */
  readonly body?: (text: string, path: string) => string
}

/** A reverse proxy in front of a server, with a fault that can be changed. */
export type FaultyProxy = {
  readonly origin: string
  /** the upstream address */
  target: string
  fault: Fault
  close(): Promise<void>
}

function forward(proxy: FaultyProxy, asked: IncomingMessage, response: ServerResponse): void {
  const { fault } = proxy
  if (fault.answer?.(asked, response)) return
  const headers = { ...asked.headers }
  fault.request?.(headers)
  const url = new URL(asked.url ?? '/', proxy.target)
  const onward = request(url, { method: asked.method, headers, agent: false }, (answer) => {
    const chunks: Buffer[] = []
    answer.on('data', (chunk: Buffer) => chunks.push(chunk))
    answer.on('end', () => {
      const changed = { ...answer.headers }
      const whole = Buffer.concat(chunks)
      const body = fault.body
        ? Buffer.from(fault.body(whole.toString('utf8'), url.pathname))
        : whole
      delete changed['transfer-encoding']
      changed['content-length'] = String(body.byteLength)
      fault.response?.(changed, url.pathname)
      response.writeHead(answer.statusCode ?? 502, changed).end(body)
    })
  })
  onward.on('error', () => response.writeHead(502).end())
  const holdMs = fault.holdMs?.(asked) ?? 0
  if (holdMs === 0) return void asked.pipe(onward)
  onward.flushHeaders()
  // a client that gives up meanwhile has sent everything
  const chunks: Buffer[] = []
  asked.on('data', (chunk: Buffer) => chunks.push(chunk))
  asked.on('end', () => setTimeout(() => onward.end(Buffer.concat(chunks)), holdMs))
}

/** Starts a proxy without a fault; set `target` once the server is known. */
export async function startFaultyProxy(): Promise<FaultyProxy> {
  const port = await freePort()
  const proxy: FaultyProxy = {
    origin: `http://localhost:${port}`,
    target: 'http://localhost:9',
    fault: {},
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = createServer((asked, response) => forward(proxy, asked, response))
  await new Promise<void>((resolve) => server.listen(port, resolve))
  return proxy
}

type Answer = readonly [status: number, headers?: Record<string, string>, body?: string]

/** Answers matching requests instead of the server. */
export const instead = (
  fits: (asked: IncomingMessage) => boolean,
  [status, headers = {}, body = '']: Answer,
): Fault => ({
  answer: (asked, response) => {
    if (!fits(asked)) return false
    response.writeHead(status, headers).end(body)
    return true
  },
})

export const pathOf = ({ url }: IncomingMessage): string => (url ?? '').split('?')[0] ?? ''
const isDocument = (asked: IncomingMessage): boolean => pathOf(asked).startsWith('/.well-known/')
export const isEndpoint = (asked: IncomingMessage): boolean => /^\/mcp\/?$/.test(pathOf(asked))
const isClaudeUser = ({ headers }: IncomingMessage): boolean =>
  /claude-user/i.test(headers['user-agent'] ?? '')

const html = { 'content-type': 'text/html' }
const cloudflare = { 'content-type': 'text/plain', server: 'cloudflare', 'cf-ray': '8f00-FRA' }

/** Real faults of proxies and firewalls. */
export const faults = {
  blocksClaudeUser: instead(isClaudeUser, [403, cloudflare, 'Your request was blocked.']),
  stripsAuthorization: { request: (headers) => delete headers.authorization },
  redirectsToSlash: instead((asked) => pathOf(asked) === '/mcp', [308, { location: '/mcp/' }]),
  redirectsFromSlash: instead((asked) => pathOf(asked) === '/mcp/', [301, { location: '/mcp' }]),
  redirectsToOtherHost: instead(isEndpoint, [301, { location: 'https://www.portico.test/mcp' }]),
  accessBeforeDocuments: instead(isDocument, [
    302,
    { location: 'https://team.cloudflareaccess.com/cdn-cgi/access/login/portico.test' },
  ]),
  basicAuthentication: instead(isDocument, [401, { 'www-authenticate': 'Basic realm="staging"' }]),
  leaksOrigin: {
    body: (text) =>
      text.replaceAll(/http:\/\/localhost:\d+\/(authorize|token)/g, 'http://api:4000/$1'),
  },
  dropsChallenge: { response: (headers) => delete headers['www-authenticate'] },
  hidesDotFiles: instead(isDocument, [404, html, '<html><h1>404 Not Found</h1></html>']),
  servesOnlyTheRoot: instead((asked) => /resource\/mcp$/.test(pathOf(asked)), [404, html, '']),
  servesHomePage: instead(isEndpoint, [200, html, '<!doctype html><title>Welcome</title>']),
  blocksEverything: instead(
    () => true,
    [403, { ...html, server: 'cloudflare' }, '<html>1020</html>'],
  ),
  reachesNothing: instead(() => true, [502, { server: 'nginx' }, 'Bad Gateway']),
  cachesEndpoint: {
    response: (headers, path) => {
      if (path === '/mcp') headers['x-cache'] = 'HIT from edge'
    },
  },
  addsSlashToIssuer: { body: (text) => text.replace(/("issuer":"[^"]+)"/, '$1/"') },
  breaksMetadata: instead(
    (asked) => /authorization-server$/.test(pathOf(asked)),
    [500, html, 'oops'],
  ),
} satisfies Record<string, Fault>
