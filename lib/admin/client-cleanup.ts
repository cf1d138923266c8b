import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { requireOperator } from '@/lib/auth/session'
import { commit } from '@/lib/events/recorder'
import { countNeverUsed, deleteNeverUsed } from '@/lib/store/client-cleanup'

const path = '/admin/clients'
const hourMs = 3_600_000
const batch = 500

/** How long ago a client may have registered at the latest, in hours: from one to a year. */
const before = (hours: number): Date =>
  new Date(Date.now() - Math.min(Math.max(Math.trunc(hours) || 1, 1), 8760) * hourMs)

/** How many clients registered more than so many hours ago and were never approved. */
export async function countUnusedClients(hours: number): Promise<number> {
  await requireOperator('admin', path)
  return countNeverUsed(before(hours))
}

/** Deletes clients that registered more than so many hours ago and were never approved. @returns how many */
export async function deleteUnusedClients(hours: number): Promise<number> {
  const operator = await requireOperator('admin', path)
  const since = before(hours)
  const exchange = await operatorExchange(operator, path)
  const actor = { userId: operator.id, address: exchange.address }
  let deleted = 0
  let last = batch
  while (last === batch) {
    last = await commit(exchange, (tell) =>
      deleteNeverUsed(since, batch, actor, (count) => [tell('clients.pruned', { count })]),
    )
    deleted += last
  }
  return deleted
}
