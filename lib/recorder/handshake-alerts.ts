import 'server-only'
import { lanes } from '@/lib/handshake/lane'
import { processWide } from '@/lib/process-wide'
import { complain } from '@/lib/store/database/availability'
import {
  claimAlert,
  claimTrouble,
  type TroubledHandshake,
  type TroubleQuery,
  untoldTrouble,
} from '@/lib/store/handshakes/alerts'

/**
 * Is told of each handshake that stalls or fails, once, whatever the number of instances: of one with
 * a person for itself, of others together with those of their lane.
 *
 * @param now milliseconds since the epoch, as it was noted that they are told of
 */
export type TroubleListener = (
  handshakes: readonly TroubledHandshake[],
  now: number,
) => void | Promise<void>

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

async function tell(handshakes: readonly TroubledHandshake[], now: number): Promise<void> {
  if (handshakes.length === 0) return
  for (const listener of listeners) {
    try {
      await listener(handshakes, now)
    } catch (error) {
      complain(`alert of ${handshakes[0]?.id}`, error)
    }
  }
}

/** One after the other: when this process dies over one, the others are told of by another. */
async function tellOfPersons(query: TroubleQuery, now: number): Promise<void> {
  for (const handshake of await untoldTrouble(query)) {
    if (await claimAlert(handshake, new Date(now))) await tell([handshake], now)
  }
}

/**
 * Tells of what has come to nothing since it was last looked, people first: whatever strangers bring
 * about waits behind them, and costs one statement.
 *
 * @param now milliseconds since the epoch
 */
export async function tellOfTrouble(now: number): Promise<void> {
  if (listeners.size === 0) return
  const from = new Date(now - newsForMs)
  const untils = { stalled: new Date(now), failed: new Date(now - failureSettlesMs) } as const
  for (const lane of lanes) {
    for (const kind of ['stalled', 'failed'] as const) {
      const query = { lane, kind, from, until: untils[kind] }
      if (lane === 'person') await tellOfPersons(query, now)
      else await tell(await claimTrouble(query, new Date(now)), now)
    }
  }
}
