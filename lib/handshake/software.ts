import { isIPv6 } from 'node:net'
import { prefixOf } from '@/lib/ipv6'
import { agentNameOf, productByAgentName, productByIdentity } from '@/lib/products/product'
import { isRuntimeLabel } from '@/lib/products/runtimes'
import type { HandshakeEvent } from './handshake'
import { signsOf } from './surface'

/** Hosted Claude's MCP traffic; its discovery, registration and token requests name themselves otherwise. */
const hostedData = 'Claude (hosted)'
const hostedControl = 'Claude (hosted, sign-in)'

/** A page in a browser may be the front of any program, whose other half names itself otherwise. */
const browser = 'Browser'

/**
 * The program that a request names itself to be of, or `null` where it names none. Hosted Claude is one
 * program under two names. A runtime that many programs are made with is a name like any other: what
 * says `node` is not what says `Codex`.
 */
export function softwareOf({ agent, userAgent }: HandshakeEvent): string | null {
  if (agent === hostedData || agent === hostedControl) return hostedData
  return agent === browser ? null : (agent ?? userAgent)
}

/**
 * The product that a request names beside its user agent: by the metadata document of its client, where
 * its answer goes, or how it calls itself at registration; `null` for none that is known. A library is
 * none: any product may be made with it.
 */
export function productNamedBy(event: HandshakeEvent): string | null {
  const before = named.get(event)
  if (before !== undefined) return before
  const product = productByIdentity(signsOf(event))
  const name = product?.kind === 'product' ? agentNameOf(product) : null
  named.set(event, name)
  return name
}

/** An event is held against every attempt, and names the same each time. */
const named = new WeakMap<HandshakeEvent, string | null>()

/** What a product's own requests may be called beside its name. */
export const alsoCalled = (product: string | null): readonly string[] =>
  productByAgentName(product)?.alsoCalled ?? []

/** Programs that run in their maker's cloud: one attempt comes from many addresses of it. */
const clouds: Readonly<Record<string, string>> = { [hostedData]: 'anthropic', ChatGPT: 'openai' }

/** The cloud that a program runs in, or `null` for one on a person's machine. */
export const cloudOf = (software: string | null): string | null =>
  (software !== null && Object.hasOwn(clouds, software) && clouds[software]) || null

/** What hosted Claude is called as {@link softwareOf} calls it. */
export const hostedClaude = hostedData

/** Whether a request comes from the half of hosted Claude that speaks MCP. */
export const isHostedData = ({ agent }: HandshakeEvent): boolean => agent === hostedData

/** The machine that this server runs on, by whichever of its own addresses (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
const thisMachine = 'loopback'
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/**
 * Where an address is, for telling whether two requests come from one machine: an address of IPv4,
 * a /64 of IPv6, in which a machine changes its address as it likes (RFC 8981), or this machine.
 */
export function placeOf(address: string | null): string {
  if (address === null) return 'unknown'
  if (isLoopback(address)) return thisMachine
  return isIPv6(address) ? prefixOf(address, 64) : address
}

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
export function originOf(event: HandshakeEvent): string {
  const software = softwareOf(event) ?? (event.agent === browser ? browser : '')
  return `${sourceOf(event)} ${software}`.trim()
}

/** Every origin that stands for the same: a runtime had no name of its own in handshakes of before. */
export function originsOf(event: HandshakeEvent): string[] {
  const software = softwareOf(event)
  const isRuntime = software !== null && isRuntimeLabel(software)
  return isRuntime ? [originOf(event), sourceOf(event)] : [originOf(event)]
}
