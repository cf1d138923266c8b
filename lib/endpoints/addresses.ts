import 'server-only'
import type { IncomingMessage } from 'node:http'
import { env } from '@/lib/config/env'
import { forwardingSeen } from '@/lib/doctor/forwarding'
import { type HeaderOf, otherName, trustedHeaders, wasSentTo } from '@/lib/http/asked-name'
import { isLoopbackHost, loopbackTwins } from '@/lib/loopback'
import type { Addresses } from '@/lib/oauth/metadata'
import { resourceAddresses, resourceAt } from '@/lib/oauth/resource'
import { currentSettings } from '@/lib/store/settings/current'

/** Origins of this server besides its present one. */
function otherOrigins(): string[] {
  const { origin, formerOrigins } = env()
  return [...new Set([...loopbackTwins(origin), ...formerOrigins])]
}

const isLocal = (origin: string): boolean => isLoopbackHost(new URL(origin).hostname)

/**
 * Whether `Host` says which name people use. Behind a proxy, which may put its own name there, that is
 * known only from this server's requests to itself.
 */
const isHostReliable = (): boolean =>
  env().isServerless || env().proxyHops === 0 || forwardingSeen().own !== null

/**
 * The other name of this server that a request was sent to, from a fixed list, so that a made-up
 * `Host` has no effect. A proxy may replace the name that people use, most likely by a former one: so
 * loopback names do not count for a public server, nor does the name that this server's own requests
 * to its public address arrive under.
 *
 * @returns an origin, or `null` when it is the present one or unknown
 */
function otherNameOf(given: HeaderOf): string | null {
  const { origin, proxyHops } = env()
  const headerOf = trustedHeaders(given, proxyHops)
  if (!headerOf('x-forwarded-host') && !isHostReliable()) return null
  const rewritten = forwardingSeen().own?.askedAt
  const name = otherOrigins().find((other) => wasSentTo(other, headerOf))
  if (name === undefined || name === rewritten || wasSentTo(origin, headerOf)) return null
  return isLocal(name) && !isLocal(origin) ? null : name
}

/**
 * The present address of a page that a browser requests under another name of this server: sessions,
 * forms and passkeys belong to one name.
 *
 * @returns `null` for requests to the present name, and for those of programs
 */
export function presentAddress({ method, url = '/', headers }: IncomingMessage): string | null {
  if (method !== 'GET' || !headers.accept?.includes('text/html')) return null
  const name = otherNameOf((header) => headers[header]?.toString())
  return name === null ? null : `${env().origin}${url}`
}

/** This server's addresses, from its settings and never from a request's Host. */
export function addresses(): Addresses {
  const { origin, mcpUrl } = env()
  const { serverName } = currentSettings()
  return { issuer: origin, mcpUrl, otherOrigins: otherOrigins(), serverName }
}

/** Accepted issuers and audiences of tokens: every name of this server. */
export function acceptedNames(): { readonly issuer: string[]; readonly audience: string[] } {
  const own = addresses()
  return { issuer: [own.issuer, ...own.otherOrigins], audience: resourceAddresses(own) }
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
