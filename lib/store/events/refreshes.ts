import 'server-only'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { prisma } from '@/lib/store/database/database'
import type { Event } from '@/lib/store/generated/client'
import { toHandshakeEvent } from '@/lib/store/handshakes/events'

/** How many of a connection's newest events are read. */
const newestOfEach = 40

/** The newest recorded events about the refresh tokens of some connections, oldest first, by connection. */
export async function newestRefreshEvents(
  grantIds: readonly string[],
): Promise<ReadonlyMap<string, HandshakeEvent[]>> {
  if (grantIds.length === 0) return new Map()
  const rows = await (await prisma()).$queryRaw<Event[]>`
    select e.* from unnest(${[...grantIds]}::text[]) as g(id)
    cross join lateral (
      select * from "Event"
      where "grantId" = g.id
        and name in ('token.issued', 'token.refreshed', 'token.reused', 'mcp.challenged')
      order by id desc limit ${newestOfEach}
    ) as e
    order by e.at, e.id`
  const events = new Map<string, HandshakeEvent[]>(grantIds.map((id) => [id, []]))
  for (const row of rows) events.get(row.grantId ?? '')?.push(toHandshakeEvent(row))
  return events
}
