import 'server-only'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { MetricsSettings } from '@/lib/config/telemetry'
import { answerScrape, carriesToken } from './answer-scrape'

/** Longer than a scrape takes while the database is unavailable. */
const patienceMs = 10_000

async function answer(request: IncomingMessage, token: string | null): Promise<Response> {
  if (request.url?.split('?', 1)[0] !== '/metrics') {
    return new Response('metrics are at /metrics\n', { status: 404 })
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } })
  }
  if (token !== null && !carriesToken(request.headers.authorization, token)) {
    return new Response('the token is wrong or missing\n', {
      status: 401,
      headers: { 'WWW-Authenticate': 'Bearer realm="metrics"' },
    })
  }
  return answerScrape()
}

async function respond(request: IncomingMessage, response: ServerResponse, token: string | null) {
  const answered = await answer(request, token).catch(
    () => new Response('the metrics could not be read\n', { status: 500 }),
  )
  const body = Buffer.from(await answered.arrayBuffer())
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Serves the metrics on a separate port that clients do not reach.
 *
 * @throws {Error} naming the setting to change if the port cannot be opened
 */
export async function openMetricsPort({ token, listen }: MetricsSettings): Promise<Server | null> {
  if (!listen) return null
  const server = createServer((request, response) => void respond(request, response, token))
  server.requestTimeout = patienceMs
  try {
    server.listen(listen.port, listen.host)
    await once(server, 'listening')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'it is taken' : message
    throw new Error(`PORTICO_METRICS_PORT ${listen.port} cannot be opened: ${why}`)
  }
  // it keeps no process alive
  server.unref()
  return server
}
