import { productByAgentName } from '@/lib/products/product'
import { isAuthenticatedMcp, isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import type { JoinState } from './join-state'
import { repeatsSoonMs } from './places'
import { cloudOf, originOf, softwareOf } from './software'

/**
 * A program that holds a token may look first whether sign-in is asked for, and reads the documents before
 * it calls. It may as well be another one at the same address, that gets no further: when no call has
 * followed, it was an attempt.
 */

/** By when the call of a program that looked has come: it is due 10 s after the documents. */
const callsWithinMs = 20_000
/** So many are followed at a time. */
const mostLooks = 200

/** Notes that a call is to follow a request without a token. */
export function noteLook(state: JoinState, event: HandshakeEvent): void {
  if (!isUnauthenticatedMcp(event) || cloudOf(softwareOf(event)) !== null) return
  state.looks.push(event)
  if (state.looks.length > mostLooks) state.looks.shift()
}

/** Notes that a program came with its token. */
export function noteCall(state: JoinState, event: HandshakeEvent): void {
  if (isAuthenticatedMcp(event)) state.calledAt.set(originOf(event), event.at)
}

/**
 * Whether a program looks and does no more, as to list what it is connected to: once, and not by what it
 * would call with. When it signs in it looks twice.
 */
const onlyLooks = (look: HandshakeEvent, others: readonly HandshakeEvent[]): boolean =>
  productByAgentName(softwareOf(look))?.loginEnds === 'always' &&
  look.method !== 'POST' &&
  !others.some(isUnauthenticatedMcp)

/** Whether a program went on to read the documents, and never came with a token. */
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

/** Takes out what was to be followed by a call, and was not by now. @param now milliseconds since the epoch */
export function takeSilent(state: JoinState, now: number): HandshakeEvent[] {
  if (!state.looks.some(({ at }) => now - at > callsWithinMs)) return []
  const due = state.looks.filter(({ at }) => now - at > callsWithinMs)
  state.looks = state.looks.filter((look) => !due.includes(look))
  const waiting = new Set(state.loose)
  return due.filter((look) => waiting.has(look) && hasFallenSilent(state, look))
}
