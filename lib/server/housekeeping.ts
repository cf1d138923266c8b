import 'server-only'
import { makeRoom } from '@/lib/endpoints/room'
import { ownExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import { deleteExpired, deleteOldEvents, trimStreams } from '@/lib/store/database/housekeeping'
import { noteHeldBack } from '@/lib/store/events/held-back'
import { trimLog } from '@/lib/store/events/size'
import { currentSettings } from '@/lib/store/settings/current'
import { claimTurn } from '@/lib/store/settings/settings'

/** How often expired rows and the rest of streams are deleted, in milliseconds. */
export const housekeepingMs = 3600 * 1000
export const trimMs = 60_000
/** How often the size of the log is checked: in a flood it grows by a few MiB in that time. */
export const sizeMs = 30_000

const exchange = () => ownExchange('HOUSEKEEPING')

/** Deletes expired rows, and events past their retention. */
export async function deleteStale(now: Date): Promise<void> {
  const count = await deleteExpired(now)
  if (count > 0) record(exchange(), 'clients.pruned', undefined, { count })
  await makeRoom()
  const days = currentSettings().eventDays
  const old = await deleteOldEvents(now, days)
  if (old > 0) record(exchange(), 'events.pruned', undefined, { count: old, days })
}

/** Deletes events while the log exceeds its size limit; one instance at a time. */
export async function limitLogSize(now: Date): Promise<void> {
  if (!(await claimTurn('log-size.turn', now, sizeMs - 1000))) return
  const megabytes = currentSettings().eventMegabytes
  const count = await trimLog(now, megabytes)
  if (count === 0) return
  record(exchange(), 'events.pruned', undefined, { count, megabytes })
  await noteHeldBack('pruned', count, now)
}

/** Runs what is due where there are no timers; one function claims each task. */
export async function housekeepInTurn(now: Date): Promise<void> {
  if (await claimTurn('housekeeping.turn', now, housekeepingMs)) await deleteStale(now)
  if (await claimTurn('streams.turn', now, trimMs)) await trimStreams(now)
  await limitLogSize(now)
}
