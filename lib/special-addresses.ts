import { isIP } from 'node:net'
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js'
import { isGlobalUnicast, parseIpv6 } from './ipv6'

/*
 * ipaddr.js has the IANA registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890, RFC 8190)
 * and the address spaces of both (multicast, reserved).
 */

/** RFC 6052 §2.1: the well-known prefix only; 64:ff9b:1::/48 is for local use (RFC 8215). */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** IPv4 ranges that are not globally reachable. The others are examples, or services of the network. */
const unreachable: ReadonlySet<string> = new Set([
  'unspecified',
  'private',
  'carrierGradeNat',
  'loopback',
  'linkLocal',
  'multicast',
])
/** Not globally reachable either; ipaddr.js has one range for them and for examples. */
const unassigned = [ipaddr.IPv4.parseCIDR('192.0.0.0/24'), ipaddr.IPv4.parseCIDR('240.0.0.0/4')]

/** The address itself, or the IPv4 address inside an IPv4-mapped IPv6 one (RFC 4291 §2.5.5.2). */
function parse(address: string): IPv4 | IPv6 {
  if (isIP(address) === 4) return ipaddr.IPv4.parse(address)
  const parsed = parseIpv6(address)
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed
}

/** Four bytes of an IPv6 address as an IPv4 address. */
const ipv4At = (address: IPv6, at: number): IPv4 =>
  new ipaddr.IPv4(address.toByteArray().slice(at, at + 4))

function isPublic(address: IPv4 | IPv6): boolean {
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast'
  // in networks without IPv4, name servers put every IPv4 address behind this prefix (DNS64)
  if (address.match(nat64)) return isPublic(ipv4At(address, 12))
  return isGlobalUnicast(address) && address.range() === 'unicast'
}

/**
 * Whether an address is safe to connect to: global unicast, without a special purpose, and not leading
 * to a hidden address behind it (CIMD §8.6).
 */
export const isPublicAddress = (address: string): boolean =>
  isIP(address) !== 0 && !address.includes('%') && isPublic(parse(address))

function isSource(address: IPv4 | IPv6): boolean {
  if (address instanceof ipaddr.IPv4) {
    return !unreachable.has(address.range()) && !unassigned.some((range) => address.match(range))
  }
  if (address.match(nat64)) return isSource(ipv4At(address, 12))
  return address.range() === '6to4' ? isSource(ipv4At(address, 2)) : isGlobalUnicast(address)
}

/**
 * Whether a request from this address can have come over the internet. Wider than
 * {@link isPublicAddress}: 6to4 and the like are sources, though nothing is fetched from there, and
 * example addresses count as public, since people test with them.
 */
export const isInternetSource = (address: string): boolean =>
  isIP(address) !== 0 && isSource(parse(address))
