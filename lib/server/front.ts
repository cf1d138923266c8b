import 'server-only'
import { authorizationServer, jwks, protectedResource } from '@/lib/endpoints/discovery'
import type { RequestHandler } from '@/lib/endpoints/endpoint'
import { notFound } from '@/lib/endpoints/fallback'
import { healthz, readyz } from '@/lib/endpoints/health'
import { introspect } from '@/lib/endpoints/introspect'
import { mcp } from '@/lib/endpoints/mcp'
import { metrics } from '@/lib/endpoints/metrics'
import { register } from '@/lib/endpoints/register'
import { revoke } from '@/lib/endpoints/revoke'
import { token } from '@/lib/endpoints/token'
import { methods } from './entrance'
import { withDefaults } from './written'

const inFront =
  (endpoint: RequestHandler): RequestHandler =>
  async (request) =>
    withDefaults(await endpoint(request))

/** The endpoints that clients call often. Next handles everything else: pages, sessions and hints. */
const endpoints: ReadonlyMap<string, RequestHandler> = new Map(
  Object.entries({
    '/healthz': inFront(healthz),
    '/readyz': inFront(readyz),
    '/mcp': inFront(mcp),
    '/token': inFront(token),
    '/register': inFront(register),
    '/revoke': inFront(revoke),
    '/metrics': inFront(metrics),
    '/introspect': inFront(introspect),
    '/.well-known/oauth-protected-resource': inFront(protectedResource),
    '/.well-known/oauth-protected-resource/mcp': inFront(protectedResource),
    '/.well-known/oauth-authorization-server': inFront(authorizationServer),
    '/.well-known/oauth-authorization-server/mcp': inFront(authorizationServer),
    '/.well-known/jwks.json': inFront(jwks),
    // no page uses the image optimizer: Next would answer, and nothing would record the request
    '/_next/image': inFront(notFound),
  }),
)

/**
 * The endpoint that a Node host calls directly, because Next's route handlers cost more than the
 * endpoints. The same endpoints stay routes of Next for hosts without this front.
 *
 * @param path as requested; Next handles encoded and unusual paths
 */
export function endpointAt(method: string, path: string): RequestHandler | null {
  if (!methods.has(method)) return null
  return endpoints.get(path.endsWith('/') ? path.slice(0, -1) : path) ?? null
}
