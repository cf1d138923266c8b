import 'server-only'
import { pageSize, toPage, trailOf } from '@/lib/admin/paging'
import type { PageOf } from '@/lib/admin/views'
import type { Person } from '@/lib/auth/session'
import { type EventName, isEventName } from '@/lib/events/catalogue'
import { flushEvents } from '@/lib/recorder/queue'
import type { StoredEvent } from '@/lib/store/events/events'
import { type AuditedChange, changesOf, eventsThatChanged } from '@/lib/store/grants/history'
import { userEmails } from '@/lib/store/people/users'
import { reasonOfEvent } from '@/lib/stored-reasons'

/** An event and an audit record this close together are one change; milliseconds. */
const sameChangeMs = 5000
const mostChanges = 500

type Line = Pick<StoredEvent, 'at' | 'detail' | 'outcome' | 'userId' | 'address'> & {
  readonly id: string
  readonly name: EventName
}

/** One entry in a connection's history; the address is that of the person who did it. */
export type HistoryRow = Omit<Line, 'userId'> & {
  /** who did it in the dashboard, as words after "by"; `null` if software did */
  readonly by: string | null
}

function lineOf(event: StoredEvent): Line[] {
  const { name } = event
  if (!isEventName(name)) return []
  const { id, at, detail, outcome } = event
  const byPerson =
    name.startsWith('grant.') && reasonOfEvent({ name, detail })?.kind !== 'revoked-by-client'
  const userId = byPerson ? event.userId : null
  const address = byPerson ? event.address : null
  return [{ id: String(id), at, name, detail, outcome, userId, address }]
}

/** Changes whose events retention has deleted; the audit trail still has them. */
function auditedOnly(changes: readonly AuditedChange[], events: readonly StoredEvent[]): Line[] {
  return changes.flatMap((change) => {
    const { action: name, at, userId, address, detail } = change
    const hasEvent = events.some(
      (event) => event.name === name && Math.abs(Number(event.at) - Number(at)) < sameChangeMs,
    )
    if (hasEvent || !isEventName(name)) return []
    const id = `audit_${change.id}`
    return [{ id, at, name, detail, outcome: 'ok', userId, address }]
  })
}

type Mark = { readonly at: Date; readonly id: bigint }

/** `<milliseconds>_<id>` of the event before the page. */
function markOf(text: string | undefined): Mark | undefined {
  const [, at, id] = /^(\d{1,15})_(\d{1,18})$/.exec(text ?? '') ?? []
  return at && id ? { at: new Date(Number(at)), id: BigInt(id) } : undefined
}

const newestFirst = (a: Line, b: Line): number => b.at.getTime() - a.at.getTime()

/**
 * A page of a grant's history, newest first. The caller has checked that the person may see the grant.
 *
 * @param nameOf names a person after the word "by"
 */
export async function historyOf(
  _: Person,
  grantId: string,
  cursor: string | undefined,
  nameOf: (userId: string, email: string | undefined) => string,
): Promise<PageOf<HistoryRow>> {
  await flushEvents()
  const trail = trailOf(cursor)
  const mark = markOf(trail.at(-1))
  const found = await eventsThatChanged(grantId, pageSize + 1, mark?.id)
  const page = toPage(found, trail, ({ at, id }) => `${at.getTime()}_${id}`)
  const events = found.slice(0, pageSize)
  const since = page.next ? (events.at(-1)?.at ?? new Date(0)) : new Date(0)
  const changes = await changesOf(grantId, since, mark?.at ?? new Date(), mostChanges)
  const lines = [...events.flatMap(lineOf), ...auditedOnly(changes, events)].toSorted(newestFirst)
  const emails = await userEmails(lines.flatMap(({ userId }) => userId ?? []))
  const rows = lines.map(({ userId, ...line }) => {
    return { ...line, by: userId === null ? null : nameOf(userId, emails.get(userId)) }
  })
  return { ...page, rows }
}
