import { isIPv6 } from 'node:net'
import { groupsOf, prefixOf } from '@/lib/ipv6'
import { networkOf } from './address'

/** Global unicast, the only kind that stands for somebody out there: 2000::/3 (RFC 4291 §2.4). */
const isGlobal = ([first = '']: readonly string[]): boolean => {
  const high = Number.parseInt(first, 16)
  return high >= 0x2000 && high <= 0x3fff
}

/**
 * What a budget "by address" counts against: a public IPv4 address, or the /64 of an IPv6 address,
 * as a customer is given one at least (RFC 6177 §2) and may choose any address in it.
 *
 * @param address in its plain form, as `Exchange.address` has it
 * @returns `null` where an address says nothing of who somebody is: an unknown, private or loopback
 *   one (behind a proxy that is not configured everybody has it), and Anthropic's network, from which
 *   hosted Claude calls for all its users. What is asked for is counted there instead.
 */
export function budgetAddress(address: string | null): string | null {
  if (!address || networkOf(address) !== 'public') return null
  if (!isIPv6(address)) return address
  return isGlobal(groupsOf(address)) ? prefixOf(address, 64) : null
}
