import { BlockList, isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

type Subnets = readonly (readonly [string, number])[]

function blockList(subnets: Subnets): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of subnets) {
    list.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}

/*
 * The IANA registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890, RFC 8190) and the
 * address spaces of both (multicast, reserved). For IPv6 only those inside 2000::/3; everything
 * outside is no global unicast (RFC 4291 §2.4).
 */

/** Not globally reachable. */
const unreachable: Subnets = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** For documentation and for tests (RFC 2544): not assigned to anyone. */
const examples: Subnets = [
  ['192.0.2.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['2001:db8::', 32],
  ['3fff::', 20],
]

/** Reachable, but a service of the network itself, or a route to an address behind it. */
const services: Subnets = [
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.175.48.0', 24],
  ['2001::', 23],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
]

const globalUnicast = blockList([['2000::', 3]])
const special = blockList([...unreachable, ...examples, ...services])
const unreachableOnly = blockList(unreachable)
/** RFC 6052 §2.1: the well-known prefix only; 64:ff9b:1::/48 is for local use (RFC 8215). */
const nat64 = blockList([['64:ff9b::', 96]])
const sixToFour = blockList([['2002::', 16]])

/** Eight groups in hexadecimal, from any spelling: the URL parser writes only this one. */
const inGroups = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1)

/** The address itself, or the IPv4 address inside an IPv4-mapped IPv6 one (RFC 4291 §2.5.5.2). */
const unmapped = (address: string): string =>
  address.includes(':') ? ipaddr.process(inGroups(address)).toString() : address

/** Four bytes of an IPv6 address as an IPv4 address. */
const ipv4At = (address: string, at: number): string =>
  ipaddr
    .parse(address)
    .toByteArray()
    .slice(at, at + 4)
    .join('.')

/** The IPv4 address that an IPv6 address leads to, if its prefix says so; or `null`. */
function behind(address: string): string | null {
  if (nat64.check(address, 'ipv6')) return ipv4At(address, 12)
  return sixToFour.check(address, 'ipv6') ? ipv4At(address, 2) : null
}

/**
 * Whether an address is safe to connect to: global unicast, without a special purpose, and not leading
 * to a hidden address behind it (CIMD §8.6).
 */
export function isPublicAddress(address: string): boolean {
  if (!isIP(address) || address.includes('%')) return false
  const plain = unmapped(address)
  if (isIP(plain) === 4) return !special.check(plain, 'ipv4')
  // in networks without IPv4, name servers put every IPv4 address behind this prefix (DNS64)
  if (nat64.check(plain, 'ipv6')) return isPublicAddress(ipv4At(plain, 12))
  return globalUnicast.check(plain, 'ipv6') && !special.check(plain, 'ipv6')
}

/**
 * Whether a request from this address can have come over the internet. Wider than
 * {@link isPublicAddress}: 6to4 and the like are sources, though nothing is fetched from there, and
 * example addresses count as public, since people test with them.
 */
export function isInternetSource(address: string): boolean {
  const plain = unmapped(address)
  if (isIP(plain) === 4) return !unreachableOnly.check(plain, 'ipv4')
  const inner = behind(plain)
  if (inner !== null) return isInternetSource(inner)
  return globalUnicast.check(plain, 'ipv6')
}
