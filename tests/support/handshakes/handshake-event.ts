import { nameAgent } from '@/lib/events/agent'
import { uncertainFields } from '@/lib/events/fields'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { networkOf } from '@/lib/http/address'

let count = 1_000_000

const { fold: _, ...seen } = uncertainFields
/** An event with no known context, as handshakes see it. */
export const seenOfNothing = Object.fromEntries(Object.keys(seen).map((name) => [name, null])) as {
  readonly [Name in keyof typeof seen]: null
}

/** An event with a test's values; agent and network are derived from user agent and address. */
export function handshakeEvent(
  name: HandshakeEvent['name'],
  at: number,
  given: Partial<HandshakeEvent> = {},
): HandshakeEvent {
  count += 1
  const address = given.address ?? '203.0.113.7'
  const userAgent = given.userAgent ?? null
  const network = networkOf(address)
  return {
    ...seenOfNothing,
    id: String(count),
    at,
    name,
    outcome: 'ok',
    requestId: `request ${count}`,
    method: 'POST',
    path: '/mcp',
    status: 200,
    durationMs: 5,
    address,
    network,
    userAgent,
    agent: nameAgent(userAgent, network),
    detail: {},
    ...given,
  }
}
