import 'server-only'
import { asJson, searchText } from '@/lib/admin/paging'
import type { EventRow, LogQuery } from '@/lib/admin/views'
import type { Person } from '@/lib/auth/session'
import { isEventName } from '@/lib/events/catalogue'
import { clientNames } from '@/lib/store/clients/clients'
import type { EventFilter, StoredEvent } from '@/lib/store/events/events'
import { handshakesOfEvents } from '@/lib/store/handshakes/counts'
import { findUserByEmail } from '@/lib/store/people/users'
import { outcomes } from '@/lib/vocabulary'

/** People type an e-mail address; events contain only the user id. */
async function userIdOf(user: string | undefined): Promise<string | undefined> {
  const text = searchText(user)
  return text?.includes('@') ? ((await findUserByEmail(text))?.id ?? text) : text
}

/** The filter of a query. */
export const toEventFilter = async (_: Person, query: LogQuery): Promise<EventFilter> => ({
  text: searchText(query.q),
  name: searchText(query.event),
  outcome: outcomes.find((known) => known === query.outcome),
  clientId: searchText(query.client),
  grantId: searchText(query.grant),
  userId: await userIdOf(query.user),
  address: searchText(query.address),
  path: searchText(query.path),
  repeated: query.repeated === 'yes' || undefined,
})

/** Events are joined shortly after they are written; until then their handshake is unknown. */
const joinedWithinMs = 5000

const isJoined = ({ at }: StoredEvent): boolean => Date.now() - at.getTime() > joinedWithinMs

type Names = ReadonlyMap<string, string>

function toRow(event: StoredEvent, names: Names, handshakes: Names): EventRow[] {
  const { name } = event
  // an event of another release that this one does not know
  if (!isEventName(name)) return []
  return [
    {
      ...asJson(event),
      id: String(event.id),
      name,
      network: event.network as EventRow['network'],
      clientName: (event.clientId && names.get(event.clientId)) || null,
      // always a member: a download has the columns of its first row
      handshakeId: isJoined(event) ? (handshakes.get(String(event.id)) ?? null) : undefined,
    },
  ]
}

const newestFirst = (a: StoredEvent, b: StoredEvent): number =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)

/**
 * Events as rows of the log, newest first, each with the name of its client. Ids follow the order of
 * writing, which may differ from the order in time within a batch.
 */
export async function toEventRows(_: Person, events: readonly StoredEvent[]): Promise<EventRow[]> {
  const ids = new Set(events.flatMap((event) => (event.clientId ? [event.clientId] : [])))
  const [names, handshakes] = await Promise.all([
    clientNames([...ids]),
    handshakesOfEvents(events.filter(isJoined).map(({ id }) => id)),
  ])
  return events.toSorted(newestFirst).flatMap((event) => toRow(event, names, handshakes))
}
