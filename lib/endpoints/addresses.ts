import 'server-only'
import { env } from '@/lib/env'
import type { Addresses } from '@/lib/oauth/metadata'

/** Where this server is, from its settings and never from a request's Host. */
export function addresses(): Addresses {
  const { origin, mcpUrl, serverName } = env()
  return { issuer: origin, mcpUrl, serverName }
}
