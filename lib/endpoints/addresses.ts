import 'server-only'
import { env } from '@/lib/env'
import { otherName } from '@/lib/http/asked-name'
import { loopbackTwins } from '@/lib/loopback'
import type { Addresses } from '@/lib/oauth/metadata'
import { namesOf, resourceAt } from '@/lib/oauth/resource'
import { settings } from '@/lib/settings'

/** Where this server is, from its settings and never from a request's Host. */
export function addresses(): Addresses {
  const { origin, mcpUrl, formerOrigins } = env()
  const { serverName } = settings()
  const otherOrigins = [...loopbackTwins(origin), ...formerOrigins]
  return { issuer: origin, mcpUrl, otherOrigins, serverName }
}

/** Issuers and audiences of tokens that are taken: of this server, by any of its names. */
export function acceptedNames(): { readonly issuer: string[]; readonly audience: string[] } {
  const own = addresses()
  return { issuer: [own.issuer, ...own.otherOrigins], audience: namesOf(own) }
}

/**
 * Where this server is for whoever asks: under the name of their Host, where that is one of its own.
 * RFC 9728 §3.3: a client throws a document away whose resource is not the address that it was found
 * by. The issuer is always the one.
 */
export function addressesAsked({ headers }: Request): Addresses {
  const own = addresses()
  const host = headers.get('host')
  const origin = own.otherOrigins.find((name) => isAt(name, host))
  return origin === undefined ? own : { ...own, mcpUrl: resourceAt(origin, own) }
}

/** Whether a Host is that of an origin, spelled in any way. */
function isAt(origin: string, host: string | null): boolean {
  const asked = `${new URL(origin).protocol}//${host}`
  return URL.canParse(asked) && new URL(asked).origin === origin
}

/** The name that a request was sent to, where it is none of this server's own; for the log. */
export const otherNameAsked = ({ headers }: Request): string | null =>
  otherName((name) => headers.get(name), acceptedNames().issuer)
