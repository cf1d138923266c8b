import { isIPv6 } from 'node:net'
import { isGlobalUnicast, parseIpv6, prefixOf } from '@/lib/ipv6'
import { networkOf } from './address'

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
