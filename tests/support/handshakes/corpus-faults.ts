import type { IncomingMessage } from 'node:http'
import { type Fault, instead, isEndpoint, pathOf } from '../network/faulty-proxy'

/** Further proxy faults for the recorded handshakes. */

const hasToken = ({ headers }: IncomingMessage): boolean => headers.authorization !== undefined
const html = { 'content-type': 'text/html' }
const json = { 'content-type': 'application/json' }

/** Adds Cloudflare's headers. */
export const behindCloudflare = (fault: Fault = {}): Fault => ({
  ...fault,
  request: (headers) => {
    headers['cf-ray'] = '8f00aa11bb22cc33-FRA'
    fault.request?.(headers)
  },
  response: (headers, path) => {
    headers.server = 'cloudflare'
    headers['cf-ray'] = '8f00aa11bb22cc33-FRA'
    fault.response?.(headers, path)
  },
})

/** Changes a JSON document in transit. */
export const rewrites = (
  path: RegExp,
  change: (document: Record<string, unknown>) => Record<string, unknown>,
): Fault => ({
  body: (text, at) => {
    if (!path.test(at)) return text
    return JSON.stringify(change(JSON.parse(text) as Record<string, unknown>))
  },
})

/** Changes the challenge in transit. */
export const rechallenges = (change: (challenge: string) => string): Fault => ({
  response: (headers) => {
    const challenge = headers['www-authenticate']
    if (challenge) headers['www-authenticate'] = change(challenge)
  },
})

/** Delays the body of requests. */
export const holds = (fits: (asked: IncomingMessage) => boolean, ms: number): Fault => ({
  holdMs: (asked) => (fits(asked) ? ms : 0),
})

const slowMs = 10_600

export const corpusFaults = {
  blocksTokens: instead(
    (asked) => isEndpoint(asked) && hasToken(asked),
    [403, { ...html, server: 'nginx' }, '<html><h1>403 Forbidden</h1> ModSecurity</html>'],
  ),
  asksIapForBarePath: instead(
    (asked) => pathOf(asked) === '/mcp',
    [401, { ...html, 'x-goog-iap-generated-response': 'true' }, 'Invalid IAP credentials'],
  ),
  replacesToken: {
    request: (headers) => {
      if (headers.authorization?.startsWith('Bearer ')) {
        headers.authorization = 'Bearer assertion-of-the-proxy'
      }
    },
  },
  breaksSignature: {
    request: (headers) => {
      const { authorization } = headers
      if (!authorization?.startsWith('Bearer ') || authorization.length < 80) return
      const end = authorization.slice(-12)
      headers.authorization =
        authorization.slice(0, -12) + end.split('').reverse().join('').replace(/.$/, 'A')
    },
  },
  redirectsApex: {
    answer: (asked, response) => {
      const host = asked.headers.host ?? ''
      if (!isEndpoint(asked) || !host.startsWith('localhost')) return false
      const location = `http://${host.replace('localhost', '127.0.0.1')}/mcp`
      response.writeHead(308, { location, server: 'nginx' }).end()
      return true
    },
  },
  redirectsPost: instead((asked) => pathOf(asked) === '/mcp', [301, { location: '/mcp/' }]),
  answersFromCache: {
    answer: (asked, response) => {
      if (!isEndpoint(asked) || !hasToken(asked)) return false
      const pointer = `http://${asked.headers.host}/.well-known/oauth-protected-resource/mcp`
      const challenge = `Bearer resource_metadata="${pointer}", scope="claudeai"`
      response
        .writeHead(401, { ...json, 'www-authenticate': challenge, 'x-cache': 'HIT from edge' })
        .end('{"error":"unauthorized"}')
      return true
    },
    response: (headers, path) => {
      if (path === '/mcp') headers['x-cache'] = 'HIT from edge'
    },
  },
  slowCall: holds((asked) => isEndpoint(asked) && hasToken(asked), slowMs),
  slowToken: holds((asked) => pathOf(asked) === '/token', slowMs),
  slowRegistration: holds((asked) => pathOf(asked) === '/register', slowMs),
  addsPolicy: {
    response: (headers) => {
      headers['content-security-policy'] = "default-src 'self'; form-action 'self'"
    },
  },
  answersWithoutAsking: instead(isEndpoint, [200, json, '{"jsonrpc":"2.0","id":1,"result":{}}']),
  checksFirst: instead(isEndpoint, [406, json, '{"error":"Not Acceptable"}']),
} satisfies Record<string, Fault>
