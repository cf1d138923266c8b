import { isIPv6 } from 'node:net'
import { prefixOf } from '@/lib/ipv6'
import { agentNameOf, productByAgentName, productByIdentity } from '@/lib/products/product'
import { isRuntimeLabel } from '@/lib/products/runtimes'
import type { HandshakeEvent } from './handshake'
import { signsOf } from './surface'

/** Hosted Claude, and its MCP traffic; its discovery, registration and token requests use other names. */
export const hostedClaude = 'Claude (hosted)'
const hostedControl = 'Claude (hosted, sign-in)'

/** A page in a browser may be part of any program, whose other requests use another name. */
const browser = 'Browser'

/**
 * The program that a request names, or `null` when it names none. Hosted Claude is one program under two
 * names. A runtime that many programs use counts as a name of its own: `node` is not the same as `Codex`.
 */
export function softwareOf({ agent, userAgent }: HandshakeEvent): string | null {
  if (agent === hostedClaude || agent === hostedControl) return hostedClaude
  return agent === browser ? null : (agent ?? userAgent)
}

/**
 * The product that a request names besides its user agent: by its client's metadata document, its redirect
 * URI, or its name at registration; `null` for an unknown one. A library does not count: any product may
 * use it.
 */
export function productNamedBy(event: HandshakeEvent): string | null {
  const before = named.get(event)
  if (before !== undefined) return before
  const product = productByIdentity(signsOf(event))
  const name = product?.isLibrary === false ? agentNameOf(product) : null
  named.set(event, name)
  return name
}

/** An event is compared with every attempt, and names the same each time. */
const named = new WeakMap<HandshakeEvent, string | null>()

/** Other names that a product's own requests may use. */
export const alsoCalled = (product: string | null): readonly string[] =>
  productByAgentName(product)?.alsoCalled ?? []

/** Programs that run in their maker's cloud: one attempt comes from many of its addresses. */
const clouds: Readonly<Record<string, string>> = { [hostedClaude]: 'anthropic', ChatGPT: 'openai' }

/** The cloud that a program runs in, or `null` for one on a person's machine. */
export const cloudOf = (software: string | null): string | null =>
  (software !== null && Object.hasOwn(clouds, software) && clouds[software]) || null

/** Whether a request comes from the half of hosted Claude that speaks MCP. */
export const isHostedData = ({ agent }: HandshakeEvent): boolean => agent === hostedClaude

/** This machine, by whichever of its own addresses (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/**
 * The place of an address, to tell whether two requests come from one machine: an IPv4 address, an IPv6
 * /64, in which a machine changes its address freely (RFC 8981), or this machine.
 */
export function placeOf(address: string | null): string {
  if (address === null) return 'unknown'
  if (isLoopback(address)) return 'loopback'
  return isIPv6(address) ? prefixOf(address, 64) : address
}

/** OpenAI publishes the addresses of ChatGPT in blocks of sixteen, which it alone uses. */
function blockOf(address: string): string {
  const [last = '', ...others] = address.split('.').toReversed()
  return [...others.toReversed(), Number(last) & ~15].join('.')
}

/** The network of hosted Claude, whichever of its machines sends. */
export const anthropicNetwork = 'anthropic'

/**
 * Where a request without any id comes from. Its user agent proves nothing: anyone can send that of hosted
 * Claude. So it is the address, except for clients in a cloud with known addresses: hosted Claude sends one
 * attempt from many addresses of 160.79.104.0/21, and ChatGPT from a block of addresses. Behind a proxy
 * that is not configured all share one address, and only their user agents distinguish them.
 */
export function sourceOf(event: HandshakeEvent): string {
  const { address, network } = event
  if (network === anthropicNetwork) return network
  const isBlock = cloudOf(softwareOf(event)) === 'openai'
  return isBlock && address?.includes('.') ? `${blockOf(address)}/28` : placeOf(address)
}

/** Where a request comes from and its program, to tell whether the same has connected before. */
export function originOf(event: HandshakeEvent): string {
  const software = softwareOf(event) ?? (event.agent === browser ? browser : '')
  return `${sourceOf(event)} ${software}`.trim()
}

/** Every origin that means the same: older handshakes stored no name for a runtime. */
export function originsOf(event: HandshakeEvent): string[] {
  const software = softwareOf(event)
  const isRuntime = software !== null && isRuntimeLabel(software)
  return isRuntime ? [originOf(event), sourceOf(event)] : [originOf(event)]
}
