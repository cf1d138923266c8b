import 'server-only'
import { processWide } from '@/lib/process-wide'
import { afterCommit, type Connection } from '@/lib/store/database/database'
import { isListening, subscribeToChannel } from '@/lib/store/database/notifications'
import { forgetTokensWith } from '@/lib/store/tokens/state'
import { type Client, findClient } from './clients'

type Entry = { readonly client: Client; readonly staleAt: number }

/** How long a client stays in memory while notifications arrive, and while they do not. */
const holdsMs = { listening: 60_000, polling: 1000 }
const maxEntries = 10_000

const cache = processWide('known-clients', () => ({
  entries: new Map<string, Entry>(),
  generation: 0,
  subscribed: false,
}))

/** Forgets every client, because one was changed. */
export function forgetClients(): void {
  // a read that began earlier must not store its old answer
  cache.generation += 1
  cache.entries.clear()
}

/** Makes every instance reload all clients and tokens once the transaction has committed. */
export async function reloadClientsWith(connection: Connection): Promise<void> {
  await forgetTokensWith(connection, '')
  afterCommit(connection, forgetClients)
}

/** Forgets one client, because it was deleted here and had no grant. */
export const forgetClient = (id: string): void => void cache.entries.delete(id)

/** Changes of clients are notified as "reload everything"; those of one grant do not matter here. */
const onNotification = (grantId: string): void => {
  if (grantId === '') forgetClients()
}

/** Anyone may register thousands of clients: those that nobody has approved are not kept in memory. */
const isCached = ({ kind, lastUsedAt, approvedAt }: Client): boolean =>
  kind === 'registered' || lastUsedAt !== null || approvedAt !== null

/**
 * The client, or `null`, from memory if it was read recently: each token request begins with it. A change
 * on any instance takes effect within a second.
 *
 * @param now milliseconds since the epoch
 */
export async function knownClient(id: string, now: number): Promise<Client | null> {
  if (!cache.subscribed) {
    cache.subscribed = true
    subscribeToChannel('portico_grants', onNotification)
  }
  const entry = cache.entries.get(id)
  if (entry && entry.staleAt > now) return entry.client
  const { generation } = cache
  const client = await findClient(id)
  if (client && isCached(client) && generation === cache.generation) {
    if (cache.entries.size >= maxEntries) cache.entries.clear()
    const holds = isListening() ? holdsMs.listening : holdsMs.polling
    cache.entries.set(id, { client, staleAt: now + holds })
  }
  return client
}
