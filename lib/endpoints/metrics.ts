import 'server-only'
import { env } from '@/lib/config/env'
import { noStore } from '@/lib/http/responses'
import { afterAnswer } from '@/lib/runtime/after'
import { started } from '@/lib/runtime/start-gate'
import { answerScrape, carriesToken } from '@/lib/telemetry/answer-scrape'
import { endpoint, type RequestHandler } from './endpoint'
import { notFound } from './fallback'

/** Refuses a caller without the token, and records it like any other refusal. */
const refused = endpoint('metrics', {
  cors: false,
  methods: {
    GET: () =>
      new Response('the token is wrong or missing\n', {
        status: 401,
        headers: { ...noStore, 'WWW-Authenticate': 'Bearer realm="metrics"' },
      }),
  },
})

/**
 * Metrics in the text format of Prometheus, for callers with the token. If none is set, the path does
 * not exist. Scrapes are not recorded: they would be most of the log.
 */
export const metrics: RequestHandler = async (request) => {
  const token = env().telemetry.metrics?.token
  if (!token) return notFound(request)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads || !carriesToken(request.headers.get('authorization'), token)) return refused(request)
  // a function that only gets scrapes must start too, but a scrape does not wait for the database
  afterAnswer(started)
  const answer = await answerScrape()
  return request.method === 'HEAD' ? new Response(null, { headers: answer.headers }) : answer
}
