import { isLoopbackHost } from '@/lib/loopback'

/** Values of `X-Forwarded-Proto`. */
const schemes: ReadonlySet<string | undefined> = new Set(['http', 'https'])

/** How many characters of a sent name are kept. */
const longest = 200

/** A header by its lower-case name. */
export type HeaderOf = (name: string) => string | null | undefined

/** Ignores `X-Forwarded-*` unless a proxy is configured: any client can send them. */
export const trustedHeaders =
  (headerOf: HeaderOf, proxyHops: number): HeaderOf =>
  (name) =>
    name.startsWith('x-forwarded-') && proxyHops === 0 ? null : headerOf(name)

const first = (value: string | null | undefined): string | undefined =>
  value?.split(',', 1)[0]?.trim()

/** Requests to this machine use http, unless a header says otherwise. */
const schemeOf = (host: string, fallback: string): string =>
  URL.canParse(`http://${host}`) && isLoopbackHost(new URL(`http://${host}`).hostname)
    ? 'http:'
    : fallback

/** The host that a request was sent to: from the proxy's header if there is one, else from `Host`. */
const requestedHost = (headerOf: HeaderOf): string | null | undefined =>
  first(headerOf('x-forwarded-host')) ?? headerOf('host')

/**
 * The name that a request was sent to, if it is not one of this server's. It is only a hint for the
 * log: a client can make it up, and a proxy may have rewritten it.
 *
 * @param own the origins of this server, its present one first
 * @returns an origin, or `null`
 */
export function otherName(headerOf: HeaderOf, own: readonly string[]): string | null {
  const scheme = first(headerOf('x-forwarded-proto'))
  const host = requestedHost(headerOf)
  if (!host) return null
  const fallback = schemeOf(host, new URL(own[0] ?? '').protocol)
  const asked = `${schemes.has(scheme) ? `${scheme}:` : fallback}//${host}`
  if (!URL.canParse(asked)) return null
  const { origin } = new URL(asked)
  return own.includes(origin) ? null : origin.slice(0, longest)
}

/** Whether a request was sent to the host of an origin, in any spelling. */
export function wasSentTo(origin: string, headerOf: HeaderOf): boolean {
  const host = requestedHost(headerOf)
  const asked = `${new URL(origin).protocol}//${host}`
  return Boolean(host) && URL.canParse(asked) && new URL(asked).origin === origin
}
