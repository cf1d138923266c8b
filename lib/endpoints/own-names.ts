import 'server-only'
import type { IncomingMessage } from 'node:http'
import { env } from '@/lib/config/env'
import { forwardingSeen } from '@/lib/doctor/forwarding'
import { type HeaderOf, heeding, wasSentTo } from '@/lib/http/asked-name'
import { isLoopbackHost, loopbackTwins } from '@/lib/loopback'

/** Origins that are this server, beside its present one. */
export function otherOrigins(): string[] {
  const { origin, formerOrigins } = env()
  return [...new Set([...loopbackTwins(origin), ...formerOrigins])]
}

const isLocal = (origin: string): boolean => isLoopbackHost(new URL(origin).hostname)

/**
 * Whether a `Host` says which name people use. Behind a proxy that is known by what this server's own
 * requests come by: the proxy may put a name of its own there.
 */
const isHostTelling = (): boolean =>
  env().isServerless || env().proxyHops === 0 || forwardingSeen().own !== null

/**
 * The other name of this server that a request was sent to. Only names that are set can come out, so
 * that a made-up `Host` leads nowhere. A proxy may put a name of its own in the place of the one that
 * people use, and one that was in use before is the likeliest: a name of loopback says nothing of a
 * public server, nor does one that this server's own requests to its public address come by.
 *
 * @returns an origin, or `null` where it is the present one, or none that is known
 */
export function otherNameOf(given: HeaderOf): string | null {
  const { origin, proxyHops } = env()
  const headerOf = heeding(given, proxyHops)
  if (!headerOf('x-forwarded-host') && !isHostTelling()) return null
  const rewritten = forwardingSeen().own?.askedAt
  const name = otherOrigins().find((other) => wasSentTo(other, headerOf))
  if (name === undefined || name === rewritten || wasSentTo(origin, headerOf)) return null
  return isLocal(name) && !isLocal(origin) ? null : name
}

/**
 * Where a page is now that a browser asks for by another name of this server: sessions, forms and
 * passkeys belong to one.
 *
 * @returns the address at the present name, or `null` where it was asked for by that, or by a program
 */
export function presentAddress({ method, url = '/', headers }: IncomingMessage): string | null {
  if (method !== 'GET' || !headers.accept?.includes('text/html')) return null
  const name = otherNameOf((header) => headers[header]?.toString())
  return name === null ? null : `${env().origin}${url}`
}
