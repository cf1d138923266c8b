import { isLoopbackHost } from '@/lib/loopback'

/**
 * How requests were forwarded to this server, as they said it themselves. Any client can say so; it
 * is good for a hint and for nothing else.
 */
export type Forwarding = {
  /** the newest request of this server's own that came back through its public address */
  readonly own: OwnArrival | null
  /** how many requests of others carried so many entries in `X-Forwarded-For`; the last: or more */
  readonly others: readonly number[]
  /** whether one carried `X-Real-IP` or `Forwarded`, and no `X-Forwarded-For` */
  readonly otherHeader: boolean
}

/** How a request of this server's own came back to it. */
export type OwnArrival = {
  /** entries in `X-Forwarded-For`: it sent none, so that each is a proxy's */
  readonly entries: number
  /** whether it met a proxy: another header said so, `Host` was rewritten, or TLS ended before it */
  readonly proxied: boolean
  /** the name that it came by, where a proxy made another one of it: then all come by that one */
  readonly askedAt?: string | undefined
}

/** The most entries that are told from one another. */
export const mostEntries = 10

/** What is set: the public origin, and how many proxies stand in front. */
export type ProxySettings = { readonly origin: string; readonly proxyHops: number }

/** What is wrong with `PORTICO_PROXY_HOPS`, and what it should be. */
export type HopsFault = {
  readonly kind: 'too-few' | 'too-many' | 'not-forwarded'
  /** the right number, or the least that it can be */
  readonly hops: number
  /** whether this server has seen it by a request of its own */
  readonly isCertain: boolean
}

const most = (counts: readonly number[]): number => counts.indexOf(Math.max(...counts))

/** Where nothing of its own came back, what others said is all there is to go by. */
function byOthers({ others, otherHeader }: Forwarding, hops: number): HopsFault | null {
  const fewest = others.findIndex((count, entries) => entries > 0 && count > 0)
  if (hops === 0 && fewest > 0) return { kind: 'too-few', hops: fewest, isCertain: false }
  if (hops === 0 && otherHeader) return { kind: 'not-forwarded', hops: 1, isCertain: false }
  // one that comes past the proxies is nothing unusual: it is so when nearly all do
  const isShort = hops > 0 && others.some((count) => count > 0) && most(others) < hops
  return isShort ? { kind: 'too-many', hops: most(others), isCertain: false } : null
}

/**
 * Judges the number of proxies by what was seen. A request that came with more entries than there are
 * proxies has made them up, or comes from behind a proxy of its own, which is nothing to change here;
 * and the look of this server may go round the outermost proxy, so that it can count too few.
 */
export function hopsFault(forwarding: Forwarding, set: ProxySettings): HopsFault | null {
  const fault = ownFault(forwarding, set.proxyHops)
  // on a machine of one's own, nobody is kept from saying whatever address
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
  // where most of the others came with as many as are set, it is the look that went another way
  const isOwnWay = others.some((count) => count > 0) && most(others) >= hops
  return isOwnWay ? null : { kind: 'too-many', hops: entries, isCertain: true }
}

const proxies = (count: number): string => (count === 1 ? '1 proxy' : `${count} proxies`)

/** A fault in one line, for the console. @param set what `PORTICO_PROXY_HOPS` says */
export function hopsSentence({ kind, hops, isCertain }: HopsFault, set: number): string {
  const right = `set PORTICO_PROXY_HOPS=${hops}`
  if (kind === 'too-many') {
    return `PORTICO_PROXY_HOPS is ${set}, and requests come through ${hops === 0 ? 'none' : proxies(hops)}: anybody can choose the address to be taken for; ${right}`
  }
  if (kind === 'not-forwarded') {
    return `a proxy in front does not tell whose requests it passes on, so that all people share one address and its limits: let it append X-Forwarded-For, and ${right}`
  }
  return isCertain
    ? `requests come through at least ${proxies(hops)}, and PORTICO_PROXY_HOPS is ${set}, so that people share an address and its limits: ${right}`
    : `a request carried X-Forwarded-For, and PORTICO_PROXY_HOPS is ${set}: behind a proxy, all people share one address and its limits; if there is one, ${right} or more`
}
