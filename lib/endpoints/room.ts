import 'server-only'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { openExchange } from '@/lib/recorder/exchange'
import { commit } from '@/lib/recorder/recorder'
import { afterAnswer } from '@/lib/runtime/after'
import { discardClients, discardInteractions, type Whose } from '@/lib/store/clients/room'
import { type HeldBackKind, noteHeldBack } from '@/lib/store/events/held-back'

/**
 * What anybody may make: clients that nobody has allowed yet, and authorization requests that nobody has
 * seen yet. At most so many of each are kept, and as many again of hosted Claude's. lib/endpoints/throttles.ts
 * lets no more than this be made in ten minutes where all share one source, so that nobody's goes before
 * they had the time to come for it.
 */
export const mostKept = { clients: 5000, interactions: 5000 } as const

/** Looked at with the first of a process and then so often: until then a few more are kept. */
const every = 100

const made = processWide('room', () => ({ clients: 0, interactions: 0, isBusy: false }))

const ownExchange = () =>
  openExchange({ method: 'HOUSEKEEPING', path: '/', headers: new Headers() }, env().proxyHops)

type Discard = typeof discardClients

async function discard(
  kind: HeldBackKind & keyof typeof mostKept,
  name: 'clients.pruned' | 'interactions.pruned',
  by: Discard,
  whose: Whose,
): Promise<void> {
  for (let count = 1; count > 0; ) {
    count = await commit(ownExchange(), (tell) =>
      by(whose, mostKept[kind], (gone) => [
        tell(name, { count: gone, reason: { kind: 'no-room' } }),
      ]),
    )
    await noteHeldBack(kind, count)
  }
}

/** Deletes what is beyond the bounds. One turn after the other on this instance. */
export async function makeRoom(): Promise<void> {
  if (made.isBusy) return
  made.isBusy = true
  try {
    for (const whose of ['strangers', 'claude'] as const) {
      // a client that is asked for stays, so what asks for it goes first
      await discard('interactions', 'interactions.pruned', discardInteractions, whose)
      await discard('clients', 'clients.pruned', discardClients, whose)
    }
  } finally {
    made.isBusy = false
  }
}

/** Notes that one more was made by somebody without an account, and makes room in its turn. */
export function noteMade(kind: keyof typeof mostKept): void {
  made[kind] += 1
  if (made[kind] % every === 1) afterAnswer(makeRoom)
}
