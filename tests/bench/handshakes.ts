import { connectAs } from '../support/clients/claude'
import { hostedClaude } from '../support/clients/claude-clients'
import { register } from '../support/oauth/oauth'
import { connect } from '../support/oauth/oauth-tokens'
import { type Operator, operatorOf } from '../support/people/operator'
import { approve } from '../support/people/operator-consent'
import { porticoRotation } from './contestants'
import type { Rotation } from './load'

/** How long complete handshakes took that were begun at the same time, in milliseconds. */
export type Handshakes = { readonly count: number; readonly all: number; readonly slowest: number }

async function shakeHands(origin: string, operator: Operator, index: number): Promise<number> {
  const since = performance.now()
  const registration = { ...hostedClaude.registration, client_name: `Claude ${index}` }
  const script = { ...hostedClaude, registration }
  await connectAs(script, `${origin}/mcp`, (url) => approve(operator, url))
  return performance.now() - since
}

/** Discovery, registration, authorization, consent, token, initialize, tools/list and a call, many at once. */
export async function manyHandshakes(origin: string, count: number): Promise<Handshakes> {
  const operator = await operatorOf(origin)
  await shakeHands(origin, operator, -1)
  const since = performance.now()
  const each = await Promise.all(
    Array.from({ length: count }, (_, index) => shakeHands(origin, operator, index)),
  )
  return { count, all: performance.now() - since, slowest: Math.max(...each) }
}

/** A connection's access token, and refresh tokens of further connections of the same client. */
export async function prepare(
  origin: string,
  count: number,
): Promise<{ accessToken: string; rotation: Rotation }> {
  const client = await register(origin)
  const first = await connect(origin, { client })
  const tokens: string[] = []
  while (tokens.length < count) {
    const more = Array.from({ length: 8 }, () => connect(origin, { client }))
    for (const { tokens: issued } of await Promise.all(more)) tokens.push(issued.refresh_token)
  }
  const rotation = porticoRotation(origin, client.client_id, tokens)
  return { accessToken: first.tokens.access_token, rotation }
}
