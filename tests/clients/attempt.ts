import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import type { EventRow } from '@/lib/admin/views'
import type { Driver, Reached, World } from './driver'
import { type Home, newHome } from './home'
import { modulesOf } from './installed'
import type { Server } from './server'

/** What came of letting a client do something. */
export type Attempt = {
  readonly reached: Reached
  /** the handshakes that there were not before */
  readonly made: readonly HandshakeRow[]
  /** what the log has of it, and of nothing else where clients go one after another */
  readonly events: readonly EventRow[]
}

/** A machine with one client on it. */
export type Machine = { readonly home: Home; readonly world: World }

/** Installs a client where that has not been done, and gives it an empty home. */
export async function machineWith(driver: Driver, server: Server): Promise<Machine> {
  const modules = await modulesOf(driver.id)
  const home = newHome(driver.id)
  return { home, world: { mcpUrl: server.mcpUrl, home, person: server.person, modules } }
}

const lastId = async (server: Server): Promise<string> =>
  (await server.eventsAfter('0')).at(-1)?.id ?? '0'

/** What a client does, and what Portico makes of it. */
export async function attemptOf(server: Server, act: () => Promise<Reached>): Promise<Attempt> {
  const [since, before] = [await lastId(server), await server.handshakes()]
  const known = new Set(before.map(({ id }) => id))
  const reached = await act()
  const made = (await server.handshakes()).filter(({ id }) => !known.has(id))
  return { reached, made, events: await server.eventsAfter(since) }
}
