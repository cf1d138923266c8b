import 'server-only'
import { readiness } from '@/lib/endpoints/readiness'
import { json, noStore, withoutBody } from '@/lib/http/responses'
import type { Served } from './endpoint'

/** A health check is not recorded, and depends on nothing that could fail. */
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

/** Liveness: whether the supervisor should keep the process running. */
export const healthz = check(async () => ({ ok: true, body: { status: 'ok' } }))

/** Readiness: whether a load balancer should send requests here. See {@link readiness}. */
export const readyz = check(async () => {
  const ready = await readiness()
  return { ok: ready.status === 'ready', body: ready }
})
