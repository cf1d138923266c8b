import 'server-only'
import { json, noStore } from '@/lib/http/responses'
import { authorizationServerMetadata, protectedResourceMetadata } from '@/lib/oauth/metadata'
import { record } from '@/lib/recorder/recorder'
import { withoutTrailingSlashes } from '@/lib/text'
import { addresses, addressesFor, otherNameAsked } from './addresses'
import { endpoint } from './endpoint'
import { signingKeys } from './signing-keys'

/** Short, so that a corrected setting reaches clients soon. */
const briefly = { 'Cache-Control': 'public, max-age=60' }

/** `/.well-known/<name>` itself, or with the path of the resource after it. */
function isServedPath(request: Request, name: string): boolean {
  const path = withoutTrailingSlashes(new URL(request.url).pathname)
  return path === `/.well-known/${name}` || path === `/.well-known/${name}/mcp`
}

const suffixed = (request: Request): boolean =>
  withoutTrailingSlashes(new URL(request.url).pathname).endsWith('/mcp')

/** Protected resource metadata, at the root and at the resource's path (RFC 9728 §3.1). */
export const protectedResource = endpoint('protected resource metadata', {
  cors: true,
  methods: {
    GET: (request, exchange) => {
      if (!isServedPath(request, 'oauth-protected-resource')) return missed(request, exchange)
      record(exchange, 'resource-metadata.served', 200, {
        canonical: suffixed(request),
        askedAt: otherNameAsked(request) ?? undefined,
      })
      const asked = addressesFor(request)
      // a shared cache may keep it only under the canonical name
      const isUsual = asked.mcpUrl === addresses().mcpUrl
      return json(protectedResourceMetadata(asked), 200, isUsual ? briefly : noStore)
    },
  },
})

/** Authorization server metadata (RFC 8414 §3); also with the suffix, where older clients look. */
export const authorizationServer = endpoint('authorization server metadata', {
  cors: true,
  methods: {
    GET: (request, exchange) => {
      if (!isServedPath(request, 'oauth-authorization-server')) return missed(request, exchange)
      record(exchange, 'server-metadata.served', 200, { canonical: !suffixed(request) })
      return json(authorizationServerMetadata(addresses()), 200, briefly)
    },
  },
})

/** The public signing keys (RFC 7517 §5). */
export const jwks = endpoint('key set', {
  cors: true,
  methods: {
    GET: async (_request, exchange) => {
      const { publicJwks } = await signingKeys()
      record(exchange, 'key-set.served', 200, { keys: publicJwks.length })
      return json({ keys: publicJwks }, 200, briefly)
    },
  },
})

/** Any other well-known path: JSON, since a page or a redirect would end a client's discovery. */
export const wellKnownMissed = endpoint('well-known', {
  cors: true,
  methods: { GET: (request, exchange) => missed(request, exchange) },
})

function missed(request: Request, exchange: Parameters<typeof record>[0]): Response {
  const { pathname } = new URL(request.url)
  const hint = pathname.includes('openid-configuration')
    ? 'this is not an OpenID provider; see /.well-known/oauth-authorization-server'
    : undefined
  record(exchange, 'well-known.missed', 404, { hint })
  return json({ error: 'not_found', error_description: hint ?? 'no such document' }, 404)
}
