import 'server-only'
import { asJson, searchText } from '@/lib/admin/paging'
import type { EventRow } from '@/lib/admin/views'
import type { Caller } from '@/lib/auth/declared'
import type { Handshake, HandshakeEvent, Verdict } from '@/lib/handshake/handshake'
import { stageIds } from '@/lib/handshake/handshake'
import { surfaceWords } from '@/lib/handshake/words'
import { clientNames } from '@/lib/store/clients/clients'
import type { HandshakeFilter, ListedHandshake } from '@/lib/store/handshakes/handshakes'
import { userEmails } from '@/lib/store/people/users'
import type { ComparedAttempt, HandshakeQuery, HandshakeRow, StageView } from './views'

const verdicts = {
  'in-progress': true,
  'signed-in': true,
  connected: true,
  degraded: true,
  'refused-by-operator': true,
  stalled: true,
  failed: true,
} satisfies Record<Verdict['kind'], true>

const keyOf = <Key extends string>(
  known: Readonly<Record<Key, unknown>>,
  text: string | undefined,
): Key | undefined => (text !== undefined && Object.hasOwn(known, text) ? (text as Key) : undefined)

function dateIn(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '')
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** The filter of a query. */
export const toHandshakeFilter = (query: HandshakeQuery): HandshakeFilter => ({
  surface: keyOf(surfaceWords, query.surface),
  verdict: keyOf(verdicts, query.verdict),
  stage: stageIds.find((id) => id === query.stage),
  clientId: searchText(query.client),
  userId: searchText(query.user),
  from: dateIn(query.from),
  to: dateIn(query.to),
  unused: query.unused === 'yes' ? true : undefined,
})

const present = (ids: readonly (string | null)[]): string[] => [
  ...new Set(ids.flatMap((id) => (id === null ? [] : [id]))),
]

/** Handshakes as rows of the list, each with its person's e-mail address. */
export async function toHandshakeRows(
  _: Caller,
  listed: readonly ListedHandshake[],
): Promise<HandshakeRow[]> {
  const emails = await userEmails(present(listed.map(({ userId }) => userId)))
  return listed.map(({ retryOfId, connectedAt: __, changedAt: ___, ...row }) => ({
    ...asJson(row),
    retryOf: retryOfId,
    userEmail: (row.userId && emails.get(row.userId)) || null,
  }))
}

const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

/** The steps with readable times. */
export const toStageViews = ({ stages }: Handshake): StageView[] =>
  stages.map((stage) => ({ ...stage, at: isoOf(stage.at), dueAt: isoOf(stage.dueAt) }))

/** The completed steps of a handshake with their offsets from its first event. */
export const toCompared = ({ id, startedAt, stages }: Handshake): ComparedAttempt => ({
  id,
  startedAt: new Date(startedAt).toISOString(),
  offsets: Object.fromEntries(
    stages.flatMap((stage) =>
      stage.state === 'done' && stage.at !== null ? [[stage.id, stage.at - startedAt]] : [],
    ),
  ),
})

/** The events of a handshake as rows of the log, oldest first. */
export async function toHandshakeEventRows(
  _: Caller,
  events: readonly HandshakeEvent[],
): Promise<EventRow[]> {
  const names = await clientNames(present(events.map(({ clientId }) => clientId)))
  return events.map((event) => ({
    ...event,
    at: new Date(event.at).toISOString(),
    network: event.network as EventRow['network'],
    clientName: (event.clientId && names.get(event.clientId)) || null,
    fold: null,
    count: event.count ?? 1,
    lastAt: null,
  }))
}
