import { productByAgentName } from '@/lib/products/product'
import { isAuthenticatedMcp, isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import type { JoinState } from './join-state'
import { repeatsSoonMs } from './places'
import { cloudOf, originOf, softwareOf } from './software'

/**
 * A program with a token may first look whether sign-in is required, and read the documents before it
 * calls. It may also be another program at the same address that gets no further: if no call follows, it
 * was an attempt.
 */

/** When the call of a program that looked is overdue: it is due 10 s after the documents. */
const callsWithinMs = 20_000
/** How many are tracked at a time. */
const maxLooks = 200

/** Records that a call should follow a request without a token. */
export function noteLook(state: JoinState, event: HandshakeEvent): void {
  if (!isUnauthenticatedMcp(event) || cloudOf(softwareOf(event)) !== null) return
  state.looks.push(event)
  if (state.looks.length > maxLooks) state.looks.shift()
}

/** Records that a program sent its token. */
export function noteCall(state: JoinState, event: HandshakeEvent): void {
  if (isAuthenticatedMcp(event)) state.calledAt.set(originOf(event), event.at)
}

/**
 * Whether a program only looks, for example to list its connections: once, and not with the request that it
 * would call with. When it signs in it looks twice.
 */
const onlyLooks = (look: HandshakeEvent, others: readonly HandshakeEvent[]): boolean =>
  productByAgentName(softwareOf(look))?.loginEnds === 'always' &&
  look.method !== 'POST' &&
  !others.some(isUnauthenticatedMcp)

/** Whether a program continued by reading the documents, and never sent a token. */
function hasFallenSilent(state: JoinState, look: HandshakeEvent): boolean {
  const origin = originOf(look)
  if ((state.calledAt.get(origin) ?? 0) >= look.at) return false
  const others = state.loose.filter(
    (event) =>
      event !== look &&
      event.at >= look.at &&
      event.at - look.at <= repeatsSoonMs &&
      originOf(event) === origin,
  )
  return others.some(({ name }) => name.endsWith('-metadata.served')) && !onlyLooks(look, others)
}

/** Removes and returns looks whose call is overdue. @param now milliseconds since the epoch */
export function takeSilent(state: JoinState, now: number): HandshakeEvent[] {
  if (!state.looks.some(({ at }) => now - at > callsWithinMs)) return []
  const due = state.looks.filter(({ at }) => now - at > callsWithinMs)
  state.looks = state.looks.filter((look) => !due.includes(look))
  const waiting = new Set(state.loose)
  return due.filter((look) => waiting.has(look) && hasFallenSilent(state, look))
}
