import 'server-only'
import { lanes } from '@/lib/handshake/lane'
import { processWide } from '@/lib/process-wide'
import { logFailure } from '@/lib/store/database/availability'
import {
  claimAlert,
  claimTrouble,
  pendingTrouble,
  type TroubledHandshake,
  type TroubleQuery,
} from '@/lib/store/handshakes/alerts'

/**
 * Receives each handshake that stalls or fails, once across all instances: one with a person on its own,
 * others together with those of their lane.
 *
 * @param now milliseconds since the epoch, when they were claimed
 */
type TroubleListener = (
  handshakes: readonly TroubledHandshake[],
  now: number,
) => void | Promise<void>

const listeners = processWide('handshake alerts', () => new Set<TroubleListener>())

/** A refusal that the client recovers from by itself, such as 401 and a refresh, needs no alert. */
const failureSettlesMs = 15_000
/** Older trouble, found after an outage or a rebuild, needs no alert either. */
const newsForMs = 15 * 60_000

/**
 * Calls `listener` when a verdict becomes `stalled` or `failed`. One instance reports each verdict once; if
 * it dies over one, that one is not repeated.
 */
export function onTrouble(listener: TroubleListener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

async function emit(handshakes: readonly TroubledHandshake[], now: number): Promise<void> {
  if (handshakes.length === 0) return
  for (const listener of listeners) {
    try {
      await listener(handshakes, now)
    } catch (error) {
      logFailure(`alert of ${handshakes[0]?.id}`, error)
    }
  }
}

/** One by one: if this process dies over one, another instance reports the rest. */
async function reportPeople(query: TroubleQuery, now: number): Promise<void> {
  for (const handshake of await pendingTrouble(query)) {
    if (await claimAlert(handshake, new Date(now))) await emit([handshake], now)
  }
}

/**
 * Reports new trouble, people's first: what strangers cause comes after it, and costs one statement.
 *
 * @param now milliseconds since the epoch
 */
export async function reportTrouble(now: number): Promise<void> {
  if (listeners.size === 0) return
  const from = new Date(now - newsForMs)
  const untils = { stalled: new Date(now), failed: new Date(now - failureSettlesMs) } as const
  for (const lane of lanes) {
    for (const kind of ['stalled', 'failed'] as const) {
      const query = { lane, kind, from, until: untils[kind] }
      if (lane === 'person') await reportPeople(query, now)
      else await emit(await claimTrouble(query, new Date(now)), now)
    }
  }
}
