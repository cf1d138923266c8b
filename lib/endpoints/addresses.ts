import 'server-only'
import { env } from '@/lib/config/env'
import { otherNameOf, otherOrigins } from '@/lib/endpoints/own-names'
import { otherName, trustedHeaders } from '@/lib/http/asked-name'
import type { Addresses } from '@/lib/oauth/metadata'
import { namesOf, resourceAt } from '@/lib/oauth/resource'
import { settings } from '@/lib/store/settings/current'

/** This server's addresses, from its settings and never from a request's Host. */
export function addresses(): Addresses {
  const { origin, mcpUrl } = env()
  const { serverName } = settings()
  return { issuer: origin, mcpUrl, otherOrigins: otherOrigins(), serverName }
}

/** Accepted issuers and audiences of tokens: every name of this server. */
export function acceptedNames(): { readonly issuer: string[]; readonly audience: string[] } {
  const own = addresses()
  return { issuer: [own.issuer, ...own.otherOrigins], audience: namesOf(own) }
}

/**
 * This server's addresses for one caller, under the name it requested when that is another name of this
 * server. RFC 9728 §3.3: a client rejects a document whose resource is not the address it requested.
 * The issuer is always the same.
 */
export function addressesFor({ headers }: Request): Addresses {
  const own = addresses()
  const name = otherNameOf((header) => headers.get(header))
  return name === null ? own : { ...own, mcpUrl: resourceAt(name, own) }
}

/** The name in a request that is not one of this server's; for the log. */
export const otherNameAsked = ({ headers }: Request): string | null =>
  otherName(
    trustedHeaders((name) => headers.get(name), env().proxyHops),
    acceptedNames().issuer,
  )
