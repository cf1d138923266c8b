import { BlockList, isIP, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isGlobalUnicast, parseIpv6, prefixOf } from '@/lib/ipv6'
import { isInternetSource } from '@/lib/special-addresses'

/** The network of an address; `private` is everything that is not reachable on the internet. */
export type Network = 'anthropic' | 'loopback' | 'private' | 'public'

/** The network of Anthropic's hosted clients (Claude documentation, "IP addresses"). */
const anthropic = new BlockList()
anthropic.addSubnet('160.79.104.0', 21)

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** No address is longer, with brackets, zone and port. */
const longestAddress = 100

/** An address in its plain form (no zone, no v4-in-v6 prefix, no port), or `null` if it is not one. */
export function plainAddress(text: string): string | null {
  if (text.length > longestAddress) return null
  const [bare = ''] = text
    .trim()
    .replace(/^\[|\](:\d+)?$/g, '')
    .split('%', 1)
  const unmapped = bare
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  if (!isIP(unmapped)) return null
  // a v4-in-v6 prefix in hexadecimal, or with its zeros written out (RFC 4291 §2.5.5.2)
  return /^[0:]*:ffff:/i.test(unmapped)
    ? ipaddr.process(unmapped).toString()
    : unmapped.toLowerCase()
}

function lookUp(address: string): Network {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (anthropic.check(address, family)) return 'anthropic'
  if (loopback.check(address, family)) return 'loopback'
  return isInternetSource(address) ? 'public' : 'private'
}

const known = new Map<string, Network>()
const mostKnown = 10_000

/** Which network an address belongs to. */
export function networkOf(address: string): Network {
  const before = known.get(address)
  if (before) return before
  const network = lookUp(address)
  if (known.size >= mostKnown) known.clear()
  known.set(address, network)
  return network
}

/**
 * The client's address from `X-Forwarded-For`. Its last entry is the peer of our own socket (the start
 * command appends it); those before it are what each proxy saw.
 *
 * @param hops how many proxies of ours are in front; entries further left are only the client's claim
 */
export function clientAddress(forwardedFor: string | null, hops: number): string | null {
  const chain = (forwardedFor ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const at = Math.max(0, chain.length - 1 - hops)
  return plainAddress(chain[at] ?? '')
}

/**
 * What a budget per address counts against: a public IPv4 address, or the /64 of an IPv6 address: a
 * customer gets at least that (RFC 6177 §2) and may choose any address in it.
 *
 * @param address in its plain form, as in `Exchange.address`
 * @returns `null` when an address does not identify the sender: unknown, private and loopback ones
 *   (everyone has them behind a proxy that is not configured), and Anthropic's network, from which
 *   hosted Claude calls for all its users. What is requested is counted there instead.
 */
export function budgetAddress(address: string | null): string | null {
  if (!address || networkOf(address) !== 'public') return null
  if (!isIPv6(address)) return address
  return isGlobalUnicast(parseIpv6(address)) ? prefixOf(address, 64) : null
}
