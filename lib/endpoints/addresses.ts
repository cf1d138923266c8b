import 'server-only'
import { env } from '@/lib/config/env'
import { otherNameOf, otherOrigins } from '@/lib/endpoints/own-names'
import { heeding, otherName } from '@/lib/http/asked-name'
import type { Addresses } from '@/lib/oauth/metadata'
import { namesOf, resourceAt } from '@/lib/oauth/resource'
import { settings } from '@/lib/store/settings/current'

/** Where this server is, from its settings and never from a request's Host. */
export function addresses(): Addresses {
  const { origin, mcpUrl } = env()
  const { serverName } = settings()
  return { issuer: origin, mcpUrl, otherOrigins: otherOrigins(), serverName }
}

/** Issuers and audiences of tokens that are taken: of this server, by any of its names. */
export function acceptedNames(): { readonly issuer: string[]; readonly audience: string[] } {
  const own = addresses()
  return { issuer: [own.issuer, ...own.otherOrigins], audience: namesOf(own) }
}

/**
 * Where this server is for whoever asks: by the name that they asked for, where it is one of this
 * server's own. RFC 9728 §3.3: a client throws a document away whose resource is not the address that
 * it was found by. The issuer is always the one.
 */
export function addressesAsked({ headers }: Request): Addresses {
  const own = addresses()
  const name = otherNameOf((header) => headers.get(header))
  return name === null ? own : { ...own, mcpUrl: resourceAt(name, own) }
}

/** The name that a request was sent to, where it is none of this server's own; for the log. */
export const otherNameAsked = ({ headers }: Request): string | null =>
  otherName(
    heeding((name) => headers.get(name), env().proxyHops),
    acceptedNames().issuer,
  )
