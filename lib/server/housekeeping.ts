import 'server-only'
import { env } from '@/lib/config/env'
import { makeRoom } from '@/lib/endpoints/room'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'
import { deleteExpired, deleteOldEvents, trimStreams } from '@/lib/store/database/housekeeping'
import { noteHeldBack } from '@/lib/store/events/held-back'
import { trimLog } from '@/lib/store/events/size'
import { settings } from '@/lib/store/settings/current'
import { claimTurn } from '@/lib/store/settings/settings'

/** How often what has expired is deleted, and what is left of streams, in milliseconds. */
export const housekeepingMs = 3600 * 1000
export const trimMs = 60_000
/** How often the size of the log is looked at: in a flood it grows by some MiB in that time. */
export const sizeMs = 30_000

const ownExchange = () =>
  openExchange({ method: 'HOUSEKEEPING', path: '/', headers: new Headers() }, env().proxyHops)

/** Deletes what has expired, and events that are older than they are to be kept. */
export async function deleteStale(now: Date): Promise<void> {
  const count = await deleteExpired(now)
  if (count > 0) record(ownExchange(), 'clients.pruned', undefined, { count })
  await makeRoom()
  const days = settings().eventDays
  const old = await deleteOldEvents(now, days)
  if (old > 0) record(ownExchange(), 'events.pruned', undefined, { count: old, days })
}

/** Deletes events while the log is larger than it may be; of all instances one looks at a time. */
export async function limitLogSize(now: Date): Promise<void> {
  if (!(await claimTurn('log-size.turn', now, sizeMs - 1000))) return
  const megabytes = settings().eventMegabytes
  const count = await trimLog(now, megabytes)
  if (count === 0) return
  record(ownExchange(), 'events.pruned', undefined, { count, megabytes })
  await noteHeldBack('pruned', count, now)
}

/** Keeps house where no timer does: once in an hour, whichever function comes first. */
export async function housekeepInTurn(now: Date): Promise<void> {
  if (await claimTurn('housekeeping.turn', now, housekeepingMs)) await deleteStale(now)
  if (await claimTurn('streams.turn', now, trimMs)) await trimStreams(now)
  await limitLogSize(now)
}
