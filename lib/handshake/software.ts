import { isIPv6 } from 'node:net'
import { prefixOf } from '@/lib/ipv6'
import type { HandshakeEvent } from './handshake'

/** Hosted Claude's MCP traffic; its discovery, registration and token requests name themselves otherwise. */
const hostedData = 'Claude (hosted)'
const hostedControl = 'Claude (hosted, sign-in)'

/** Names that many programs share: they tell nothing of which one it is. */
const shared = new Set(['Browser', 'Node.js', 'Python (httpx)'])

/**
 * The program that sent a request, as far as its user agent tells it from others; `null` when that
 * may be any program. Hosted Claude is one program under two names.
 */
export function softwareOf({ agent, userAgent }: HandshakeEvent): string | null {
  if (agent === hostedData || agent === hostedControl) return hostedData
  if (agent !== null) return shared.has(agent) ? null : agent
  return userAgent
}

/** Whether two requests may come from one program. */
export const mayBeSameSoftware = (one: string | null, other: string | null): boolean =>
  one === null || other === null || one === other

/** Programs that run in their maker's cloud: one attempt comes from many addresses of it. */
const clouds: Readonly<Record<string, string>> = { [hostedData]: 'anthropic', ChatGPT: 'openai' }

/** The cloud that a program runs in, or `null` for one on a person's machine. */
export const cloudOf = (software: string | null): string | null =>
  (software !== null && Object.hasOwn(clouds, software) && clouds[software]) || null

/** What hosted Claude is called as {@link softwareOf} calls it. */
export const hostedClaude = hostedData

/** Whether a request comes from the half of hosted Claude that speaks MCP. */
export const isHostedData = ({ agent }: HandshakeEvent): boolean => agent === hostedData

/**
 * Where an address is, for telling whether two requests come from one machine: an address of IPv4,
 * a /64 of IPv6, in which a machine changes its address as it likes (RFC 8981).
 */
export const placeOf = (address: string | null): string =>
  address !== null && isIPv6(address) ? prefixOf(address, 64) : (address ?? 'unknown')

/** OpenAI announces the addresses of ChatGPT in blocks of sixteen, which are its own. */
function blockOf(address: string): string {
  const [last = '', ...others] = address.split('.').toReversed()
  return [...others.toReversed(), Number(last) & ~15].join('.')
}

/** Where hosted Claude comes from, whichever of its machines sends. */
export const anthropicNetwork = 'anthropic'

/**
 * Where a request without any id comes from. What it calls itself proves nothing: anybody can send
 * the user agent of hosted Claude. So it is the address, except for clients that run in a cloud
 * whose addresses are known: hosted Claude sends one attempt from many addresses of
 * 160.79.104.0/21, and ChatGPT from a block of addresses. Behind a proxy that is not configured all
 * have one address, and only their user agents part them.
 */
export function sourceOf(event: HandshakeEvent): string {
  const { address, network } = event
  if (network === anthropicNetwork) return network
  const isBlock = cloudOf(softwareOf(event)) === 'openai'
  return isBlock && address?.includes('.') ? `${blockOf(address)}/28` : placeOf(address)
}

/** Where a request comes from and with what, for telling whether the same has connected before. */
export const originOf = (event: HandshakeEvent): string =>
  `${sourceOf(event)} ${softwareOf(event) ?? ''}`.trim()
