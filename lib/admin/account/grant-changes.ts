import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import type { Person } from '@/lib/auth/session'
import type { EventDetail, EventName } from '@/lib/events/catalogue'
import { shownText } from '@/lib/oauth/shown-text'
import { commit } from '@/lib/recorder/recorder'
import type { NewEvent } from '@/lib/store/events/events'
import { pauseGrant, renameGrant, type Turn } from '@/lib/store/grants/changes'
import { revokeGrant } from '@/lib/store/grants/grants'
import type { ListedGrant } from '@/lib/store/grants/list'
import type { Actor } from '@/lib/vocabulary'

/** Who changes a connection, and on which page. */
export type By = { readonly operator: Person; readonly path: string }

/** The longest name that a connection may be given, in characters. */
export const longestLabel = 60

/** Changes a connection and records the event. */
async function change<N extends EventName, Result>(
  { operator, path }: By,
  grant: ListedGrant,
  [name, detail]: readonly [N, EventDetail<N>],
  store: (at: Date, actor: Actor, events: readonly NewEvent[]) => Promise<Result>,
): Promise<Result> {
  const exchange = await operatorExchange(operator, path)
  exchange.ids.grantId = grant.id
  exchange.ids.clientId = grant.clientId
  return commit(exchange, (tell, actor) => store(exchange.startedAt, actor, [tell(name, detail)]))
}

/** Revokes a connection: its tokens are refused from the next request on. @returns whether it was live */
export const revokeConnectionOf = (by: By, grant: ListedGrant): Promise<boolean> =>
  change(
    by,
    grant,
    ['grant.revoked', { reason: { kind: 'revoked-by-person' } }],
    (at, actor, events) => revokeGrant(grant.id, 'person', at, events, actor),
  )

/** Pauses or resumes a connection. @returns whether its state changed */
export function pauseConnectionOf(by: By, grant: ListedGrant, turn: Turn): Promise<boolean> {
  const name = turn.to === 'paused' ? 'grant.paused' : 'grant.resumed'
  const { clientName } = grant
  return change(by, grant, [name, { clientName }], (at, actor, events) =>
    pauseGrant(grant.id, turn, at, actor, events),
  )
}

/** A name as stored: one line, cut to the limit; `null` when nothing visible is left. */
export const cleanLabel = (text: string): string | null => shownText(text, longestLabel) || null

/** Renames a connection. @returns the old name, `undefined` when nothing changed */
export function renameConnectionOf(
  by: By,
  grant: ListedGrant,
  text: string,
): Promise<string | null | undefined> {
  const label = cleanLabel(text)
  const detail = { clientName: grant.clientName, ...(label ? { label } : {}) }
  return change(by, grant, ['grant.renamed', detail], (_at, actor, events) =>
    renameGrant(grant.id, label, actor, events),
  )
}
