import { nameAgent } from '@/lib/events/agent'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { networkOf } from '@/lib/http/address'

let count = 1_000_000

/** An event with what a test says of it; the agent and network follow from user agent and address. */
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
    edge: null,
    clientId: null,
    interactionId: null,
    grantId: null,
    sessionId: null,
    userId: null,
    detail: {},
    ...given,
  }
}
