import { isLoopbackHost } from '@/lib/loopback'

/**
 * How requests were forwarded to this server, by their own headers. Any client can forge them; they only
 * serve as a hint.
 */
export type Forwarding = {
  /** the newest self-check request that came back through the public address */
  readonly own: OwnArrival | null
  /** how many other requests had n entries in `X-Forwarded-For`, by n; the last: or more */
  readonly others: readonly number[]
  /** whether one had `X-Real-IP` or `Forwarded`, but no `X-Forwarded-For` */
  readonly otherHeader: boolean
}

/** How a self-check request came back. */
export type OwnArrival = {
  /** entries in `X-Forwarded-For`: it sent none, so that each is a proxy's */
  readonly entries: number
  /** whether it passed a proxy: another header said so, `Host` was rewritten, or TLS ended before it */
  readonly proxied: boolean
  /** the host name it arrived under, if a proxy rewrote it: then all requests have it */
  readonly askedAt?: string | undefined
}

/** The highest number of entries counted separately. */
export const maxEntries = 10

/** The configured public origin, and the number of proxies in front. */
type ProxySettings = { readonly origin: string; readonly proxyHops: number }

/** What is wrong with `PORTICO_PROXY_HOPS`, and what it should be. */
export type HopsFault = {
  readonly kind: 'too-few' | 'too-many' | 'not-forwarded'
  /** the right number, or the least that it can be */
  readonly hops: number
  /** whether a self-check request showed it */
  readonly isCertain: boolean
}

const most = (counts: readonly number[]): number => counts.indexOf(Math.max(...counts))

/** Without a self-check request, the others' headers are the only evidence. */
function byOthers({ others, otherHeader }: Forwarding, hops: number): HopsFault | null {
  const fewest = others.findIndex((count, entries) => entries > 0 && count > 0)
  if (hops === 0 && fewest > 0) return { kind: 'too-few', hops: fewest, isCertain: false }
  if (hops === 0 && otherHeader) return { kind: 'not-forwarded', hops: 1, isCertain: false }
  // a single request may bypass the proxies: only nearly all of them count
  const isShort = hops > 0 && others.some((count) => count > 0) && most(others) < hops
  return isShort ? { kind: 'too-many', hops: most(others), isCertain: false } : null
}

/**
 * Judges the number of proxies by what was seen. A request with more entries than proxies has forged them,
 * or comes from behind a proxy of its own, which needs no change here; and the self-check may bypass the
 * outermost proxy, so that it can count too few.
 */
export function hopsFault(forwarding: Forwarding, set: ProxySettings): HopsFault | null {
  const fault = ownFault(forwarding, set.proxyHops)
  // on a loopback host, anyone may claim any address
  const isHarmless = fault?.kind === 'too-many' && isLoopbackHost(new URL(set.origin).hostname)
  return isHarmless ? null : fault
}

function ownFault(forwarding: Forwarding, hops: number): HopsFault | null {
  const { own, others } = forwarding
  if (!own) return byOthers(forwarding, hops)
  const { entries, proxied } = own
  if (entries > hops) return { kind: 'too-few', hops: entries, isCertain: true }
  if (entries === hops && hops > 0) return null
  if (entries === hops) {
    return proxied
      ? { kind: 'not-forwarded', hops: 1, isCertain: true }
      : byOthers(forwarding, hops)
  }
  // when most other requests have as many as configured, the self-check took another route
  const isOwnWay = others.some((count) => count > 0) && most(others) >= hops
  return isOwnWay ? null : { kind: 'too-many', hops: entries, isCertain: true }
}

const proxies = (count: number): string => (count === 1 ? '1 proxy' : `${count} proxies`)

/** A fault in one line, for the console. @param set the value of `PORTICO_PROXY_HOPS` */
export function hopsSentence({ kind, hops, isCertain }: HopsFault, set: number): string {
  const right = `set PORTICO_PROXY_HOPS=${hops}`
  if (kind === 'too-many') {
    return `PORTICO_PROXY_HOPS is ${set}, and requests come through ${hops === 0 ? 'none' : proxies(hops)}: anyone can choose their address; ${right}`
  }
  if (kind === 'not-forwarded') {
    return `a proxy in front does not pass on the client’s address, so that all people share one address and its limits: let it append X-Forwarded-For, and ${right}`
  }
  return isCertain
    ? `requests come through at least ${proxies(hops)}, and PORTICO_PROXY_HOPS is ${set}, so that people share an address and its limits: ${right}`
    : `a request carried X-Forwarded-For, and PORTICO_PROXY_HOPS is ${set}: behind a proxy, all people share one address and its limits; if there is one, ${right} or more`
}
