import ipaddr, { type IPv6 } from 'ipaddr.js'

/**
 * Parses an IPv6 address in any spelling. The URL parser writes a v4 tail as two groups; ipaddr.js alone
 * takes `::1.2.3.4` for an IPv4-mapped address.
 */
export const parseIpv6 = (address: string): IPv6 =>
  ipaddr.IPv6.parse(new URL(`http://[${address}]`).hostname.slice(1, -1))

/** The prefix of an IPv6 address with this many bits, without leading zeros (RFC 5952 §4.1). */
export const prefixOf = (address: string, bits: 48 | 64): string => {
  const groups = parseIpv6(address).parts.slice(0, bits / 16)
  return `${groups.map((group) => group.toString(16)).join(':')}::/${bits}`
}

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Whether an address is global unicast: others identify nobody on the internet (RFC 4291 §2.4). */
export const isGlobalUnicast = (address: IPv6): boolean => address.match(globalUnicast)
