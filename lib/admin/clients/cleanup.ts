import 'server-only'
import { done, refused } from '@/lib/admin/outcome'
import { command, query } from '@/lib/auth/declared'
import { personExchange } from '@/lib/auth/exchange'
import { sentNumber } from '@/lib/http/sent'
import { commit } from '@/lib/recorder/recorder'
import { countNeverUsed, deleteNeverUsed } from '@/lib/store/clients/cleanup'

const path = '/admin/clients'
const hourMs = 3_600_000
const batch = 500

/** The time a number of hours ago, from one hour to a year. */
const before = (hours: number): Date =>
  new Date(Date.now() - Math.min(Math.max(Math.trunc(hours) || 1, 1), 8760) * hourMs)

/** Counts clients that registered more than `hours` ago and were never approved. */
export const countUnusedClients = query(
  { role: 'admin', path, takes: [sentNumber] },
  async (_, hours: number) => countNeverUsed(before(hours)),
)

/** Deletes clients that registered more than `hours` ago and were never approved. */
export const deleteUnusedClients = command(
  { role: 'admin', path, takes: [sentNumber] },
  async (operator, hours) => {
    const since = before(hours)
    const exchange = await personExchange(operator)
    let deleted = 0
    let last = batch
    while (last === batch) {
      last = await commit(exchange, (describe, actor) =>
        deleteNeverUsed(since, batch, actor, (count) => [describe('clients.pruned', { count })]),
      )
      deleted += last
    }
    if (deleted === 0) return refused('There are no clients left to delete')
    return done(`${deleted === 1 ? '1 client is' : `${deleted} clients are`} deleted`)
  },
)
