import 'server-only'
import { env } from '@/lib/env'
import type { Addresses } from '@/lib/oauth/metadata'
import { settings } from '@/lib/settings'

/** Where this server is, from its settings and never from a request's Host. */
export function addresses(): Addresses {
  const { origin, mcpUrl } = env()
  const { serverName } = settings()
  return { issuer: origin, mcpUrl, serverName }
}
