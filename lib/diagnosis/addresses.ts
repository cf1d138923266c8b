import ipaddr from 'ipaddr.js'

/** The addresses that Anthropic's hosted clients call from (Claude documentation, "IP addresses"). */
export const anthropicEgress = '160.79.104.0/21'

/** Whether it is an address behind carrier-grade NAT (RFC 6598). */
export const isCarrierGradeNat = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'carrierGradeNat'

/** Whether it is an IPv4 address; Claude's connectors use no other protocol. */
export const isIpv4 = (address: string): boolean => ipaddr.IPv4.isValid(address)

/** Whether an origin is internal: this machine, a private address, or a name without a dot. */
export function isInternalOrigin(origin: string): boolean {
  const hostname = new URL(origin).hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(hostname)) return ipaddr.process(hostname).range() !== 'unicast'
  return !hostname.includes('.') || /\.(local|internal|lan|home\.arpa)$/.test(hostname)
}

/** Whether an origin is the machine it is used on. */
export function isLoopbackOrigin(origin: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}
