import { application } from './shutdown.mjs'

/** The answers until the application has started: alive, not ready. */
const answers = new Map([
  ['/healthz', { status: 200, body: { status: 'ok' } }],
  ['/readyz', { status: 503, body: { status: 'starting', checks: { server: 'starting' } } }],
])

/**
 * Answers a health check while the application starts; every other request waits for it.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @returns {boolean} whether it was answered
 */
export function answerEarly({ method, url = '/' }, response) {
  const early = application() ? undefined : answers.get(url.split('?', 1)[0] ?? '')
  if (!early || (method !== 'GET' && method !== 'HEAD')) return false
  response.writeHead(early.status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
  response.end(method === 'HEAD' ? undefined : JSON.stringify(early.body))
  return true
}
