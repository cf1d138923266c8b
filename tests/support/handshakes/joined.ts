import { assemble } from '@/lib/handshake/assemble'
import type { Handshake, HandshakeEvent } from '@/lib/handshake/handshake'
import { join } from '@/lib/handshake/join'
import { JoinState } from '@/lib/handshake/join-state'

/** Joins events, sorted by time, and assembles their handshakes as of `now`. */
export function joinAll(
  events: readonly HandshakeEvent[],
  now = (events.at(-1)?.at ?? 0) + 1000,
): Handshake[] {
  const state = new JoinState()
  for (const event of events) join(state, event)
  return [...state.attempts.values()].map((attempt) => assemble(attempt, null, now).handshake)
}
