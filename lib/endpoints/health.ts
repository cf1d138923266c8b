import 'server-only'
import { readiness } from '@/lib/endpoints/readiness'
import { json, noStore, withoutBody } from '@/lib/http/responses'
import type { Served } from './endpoint'

/**
 * A health check is none of the exchanges that the log is for: it is recorded nowhere, and needs
 * nothing that could fail.
 */
const check =
  (look: () => Promise<{ readonly ok: boolean; readonly body: object }>): Served =>
  async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD', ...noStore } })
    }
    const { ok, body } = await look()
    const response = json(body, ok ? 200 : 503, noStore)
    return request.method === 'HEAD' ? withoutBody(response) : response
  }

/** Whether the process lives: for whatever starts it anew when it does not. */
export const healthz = check(async () => ({ ok: true, body: { status: 'ok' } }))

/** Whether it can serve: for whatever chooses where requests go. See {@link readiness}. */
export const readyz = check(async () => {
  const ready = await readiness()
  return { ok: ready.status === 'ready', body: ready }
})
