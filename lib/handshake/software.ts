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
 * Where a request without any id comes from, for telling attempts apart. Hosted Claude sends one
 * attempt from many addresses (160.79.104.0/21, and by some reports others), so there it is the
 * cloud; elsewhere the address.
 */
export function sourceOf(event: HandshakeEvent): string {
  const { address, network } = event
  const cloud = cloudOf(softwareOf(event)) ?? (network === 'anthropic' ? network : null)
  return cloud ?? address ?? network ?? 'unknown'
}

/** Where a request comes from and with what, for telling whether the same has connected before. */
export const originOf = (event: HandshakeEvent): string =>
  `${sourceOf(event)} ${softwareOf(event) ?? ''}`.trim()
