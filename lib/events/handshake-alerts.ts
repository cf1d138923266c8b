import 'server-only'
import { processWide } from '@/lib/process-wide'
import { complain } from '@/lib/store/availability'
import { claimAlert, type TroubledHandshake, untoldTrouble } from '@/lib/store/handshake-alerts'

/** Is told of each handshake that stalls or fails, once, whatever the number of instances. */
export type TroubleListener = (handshake: TroubledHandshake) => void | Promise<void>

const listeners = processWide('handshake alerts', () => new Set<TroubleListener>())

/** A refusal that the client itself overcomes, such as 401 and a refresh, is no news. */
const failureSettlesMs = 15_000
/** What is older, by a server that was down or a rebuild, is no news either. */
const newsForMs = 15 * 60_000

/**
 * Calls `listener` when the verdict of a handshake becomes `stalled` or `failed`. A verdict that is
 * told of is told of once, by one instance; when that instance dies over it, not again.
 */
export function onTrouble(listener: TroubleListener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

async function tell(handshake: TroubledHandshake): Promise<void> {
  if (!(await claimAlert(handshake))) return
  for (const listener of listeners) {
    try {
      await listener(handshake)
    } catch (error) {
      complain(`alert of ${handshake.id}`, error)
    }
  }
}

/** Tells of what has come to nothing since it was last looked. @param now milliseconds since the epoch */
export async function tellOfTrouble(now: number): Promise<void> {
  if (listeners.size === 0) return
  const from = new Date(now - newsForMs)
  const stalled = await untoldTrouble('stalled', from, new Date(now))
  const failed = await untoldTrouble('failed', from, new Date(now - failureSettlesMs))
  for (const handshake of [...stalled, ...failed]) await tell(handshake)
}
