import { isRuntimeLabel } from '@/lib/products/runtimes'
import { isAuthenticatedMcp, isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import type { JoinState } from './join-state'
import { repeatsSoonMs } from './places'
import { originOf, softwareOf } from './software'

/**
 * A program that holds a token may look first whether sign-in is asked for, and reads the documents before
 * it calls. Where it names itself by a runtime it may as well be another one at the same address, that
 * gets no further: when no call has followed, it was an attempt.
 */

/** By when the call of a program that looked has come: it is due 10 s after the documents. */
const callsWithinMs = 20_000
/** So many are followed at a time. */
const mostLooks = 200

const isNameOfMany = (event: HandshakeEvent): boolean => isRuntimeLabel(softwareOf(event) ?? '')

/** Notes that a call is to follow a request without a token. */
export function noteLook(state: JoinState, event: HandshakeEvent): void {
  if (!isUnauthenticatedMcp(event) || !isNameOfMany(event)) return
  state.looks.push(event)
  if (state.looks.length > mostLooks) state.looks.shift()
}

/** Notes that a program came with its token. */
export function noteCall(state: JoinState, event: HandshakeEvent): void {
  if (isAuthenticatedMcp(event)) state.calledAt.set(originOf(event), event.at)
}

/** Whether a program went on to read the documents, and never came with a token. */
function hasFallenSilent(state: JoinState, look: HandshakeEvent): boolean {
  const origin = originOf(look)
  if ((state.calledAt.get(origin) ?? 0) >= look.at) return false
  return state.loose.some(
    (event) =>
      event.name.endsWith('-metadata.served') &&
      event.at >= look.at &&
      event.at - look.at <= repeatsSoonMs &&
      originOf(event) === origin,
  )
}

/** Takes out what was to be followed by a call, and was not by now. @param now time of the last event */
export function takeSilent(state: JoinState, now: number): HandshakeEvent[] {
  if (!state.looks.some(({ at }) => now - at > callsWithinMs)) return []
  const due = state.looks.filter(({ at }) => now - at > callsWithinMs)
  state.looks = state.looks.filter((look) => !due.includes(look))
  const waiting = new Set(state.loose)
  return due.filter((look) => waiting.has(look) && hasFallenSilent(state, look))
}
