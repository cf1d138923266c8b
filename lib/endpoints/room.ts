import 'server-only'
import { processWide } from '@/lib/process-wide'
import { ownExchange } from '@/lib/recorder/exchange'
import { commit } from '@/lib/recorder/recorder'
import { afterAnswer } from '@/lib/runtime/after'
import { discardClients, discardInteractions, type Whose } from '@/lib/store/clients/room'
import { noteHeldBack } from '@/lib/store/events/held-back'

/**
 * Limits for what anyone may create: clients that nobody has allowed yet and authorization requests
 * that nobody has opened yet; the same again for hosted Claude. lib/endpoints/throttles.ts allows no
 * more than this in ten minutes from one shared source, so each lives long enough to be used.
 */
export const mostKept = { clients: 5000, interactions: 5000 } as const

/** Checked at the first one in a process and then after this many, which may exceed the limit. */
const every = 100

const made = processWide('room', () => ({ clients: 0, interactions: 0, isBusy: false }))

type Kind = keyof typeof mostKept

async function discard(kind: Kind, by: typeof discardClients, whose: Whose): Promise<void> {
  for (let count = 1; count > 0; ) {
    count = await commit(ownExchange('HOUSEKEEPING'), (describe) =>
      by(whose, mostKept[kind], (gone) => [
        describe(`${kind}.pruned`, { count: gone, reason: { kind: 'no-room' } }),
      ]),
    )
    await noteHeldBack(kind, count)
  }
}

/** Deletes what exceeds the limits, one run at a time on this instance. */
export async function makeRoom(): Promise<void> {
  if (made.isBusy) return
  made.isBusy = true
  try {
    for (const whose of ['strangers', 'claude'] as const) {
      // interactions first: a client with an open interaction is kept
      await discard('interactions', discardInteractions, whose)
      await discard('clients', discardClients, whose)
    }
  } finally {
    made.isBusy = false
  }
}

/** Counts one more created by someone without an account, and regularly calls {@link makeRoom}. */
export function noteMade(kind: Kind): void {
  made[kind] += 1
  if (made[kind] % every === 1) afterAnswer(makeRoom)
}
