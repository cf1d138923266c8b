import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { signsInOnly } from '@/lib/handshake/sign-in-only'
import type { ReasonKind } from '@/lib/reasons'
import {
  detailText,
  eventsBecause,
  isClaudeUser,
  isControlPlane,
  named,
  type Reasoned,
} from './evidence'

/**
 * The first MCP request follows its token within 0.3 to 1.5 s. Claude gives up after 10 s; with some slack,
 * silence is certain after this.
 */
export const silenceMs = 15_000

/** A refresh this soon after the code exchange answers a 401, since Claude refreshes on nothing else. */
const reactiveRefreshMs = 5000

/** What came after the newest access token of a handshake. */
export type AfterToken = {
  readonly token: HandshakeEvent
  /** MCP requests that carried a token, whether or not it was accepted */
  readonly calls: readonly HandshakeEvent[]
  /** requests to /mcp without a token, within {@link silenceMs} where the call is due at once */
  readonly tokenless: readonly HandshakeEvent[]
  /** a refresh so soon that it answers a 401 which this server did not send */
  readonly refresh: HandshakeEvent | undefined
  /** the call is due, and nothing at all has reached /mcp */
  readonly silent: boolean
}

const isTokenless = (event: HandshakeEvent): boolean =>
  event.name === 'mcp.challenged' && detailText(event, 'error') === ''

/** Only hosted Claude's data plane sends the token; its control plane just starts over. */
const sendsToken = (event: HandshakeEvent): boolean => isClaudeUser(event) || !isControlPlane(event)

/**
 * Collects what follows the token.
 *
 * @param now milliseconds since the epoch
 * @returns `null` when no token was issued
 */
export function afterToken(handshake: Handshake, now: number): AfterToken | null {
  const token = named(handshake, 'token.issued').at(-1)
  if (!token) return null
  const later = handshake.events.filter(({ at, id }) => at >= token.at && id !== token.id)
  // a program that signs in and stops calls when it is used
  const until = signsInOnly(handshake.events) ? Number.POSITIVE_INFINITY : token.at + silenceMs
  const mcp = later.filter(({ name }) => name.startsWith('mcp.'))
  const calls = mcp.filter((event) => !isTokenless(event))
  const tokenless = mcp.filter(
    (event) => isTokenless(event) && event.at <= until && sendsToken(event),
  )
  return {
    token,
    calls,
    tokenless,
    refresh: later.find(
      ({ name, at }) => name === 'token.refreshed' && at <= token.at + reactiveRefreshMs,
    ),
    silent: calls.length === 0 && tokenless.length === 0 && now >= token.at + silenceMs,
  }
}

/** Requests to /mcp after the token that were challenged for one of these reasons. */
export const rejectedCalls = <Kind extends ReasonKind>(
  { calls }: AfterToken,
  ...kinds: readonly Kind[]
): Reasoned<Kind>[] =>
  eventsBecause(
    calls.filter(({ name }) => name === 'mcp.challenged'),
    ...kinds,
  )
