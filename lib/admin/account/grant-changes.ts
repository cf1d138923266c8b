import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import type { Operator } from '@/lib/auth/operator'
import type { EventDetail, EventName } from '@/lib/events/catalogue'
import { describe, type Exchange } from '@/lib/events/exchange'
import { announce } from '@/lib/events/recorder'
import { shownText } from '@/lib/oauth/shown-text'
import type { NewEvent } from '@/lib/store/events'
import { renameGrant } from '@/lib/store/grant-label'
import type { ListedGrant } from '@/lib/store/grant-list'
import { pauseGrant, type Turn } from '@/lib/store/grant-pause'
import { type Actor, revokeGrant } from '@/lib/store/grants'

/** Who changes a connection, and on which page; whoever calls has asked whether they may. */
export type By = { readonly operator: Operator; readonly path: string }

/** The longest name that a connection may be given, in characters. */
export const longestLabel = 60

type Told = { readonly exchange: Exchange; readonly events: NewEvent[]; readonly actor: Actor }

async function told<N extends EventName>(
  { operator, path }: By,
  grant: ListedGrant,
  name: N,
  detail: EventDetail<N>,
): Promise<Told> {
  const exchange = await operatorExchange(operator, path)
  exchange.ids.grantId = grant.id
  exchange.ids.clientId = grant.clientId
  const events = [describe(exchange, name, undefined, detail)]
  return { exchange, events, actor: { userId: operator.id, address: exchange.address } }
}

/** Ends a connection: its tokens stop to work with the next request. @returns whether it was live */
export async function revokeConnectionOf(by: By, grant: ListedGrant): Promise<boolean> {
  const { exchange, events, actor } = await told(by, grant, 'grant.revoked', {
    reason: { kind: 'revoked-by-person' },
  })
  const written = await revokeGrant(grant.id, 'person', exchange.startedAt, events, actor)
  if (written) announce(exchange, written)
  return written !== null
}

/** Pauses a connection or lets it go on. @returns whether it was in the other state */
export async function pauseConnectionOf(by: By, grant: ListedGrant, turn: Turn): Promise<boolean> {
  const name = turn.to === 'paused' ? 'grant.paused' : 'grant.resumed'
  const { clientName } = grant
  const { exchange, events, actor } = await told(by, grant, name, { clientName })
  const done = await pauseGrant(grant.id, turn, exchange.startedAt, actor, events)
  if (done) announce(exchange, events)
  return done
}

/** A name as it is kept: on one line, not too long, absent when nothing of it can be seen. */
export const cleanLabel = (text: string): string | null => shownText(text, longestLabel) || null

/** Calls a connection by another name. @returns the name before, `undefined` when nothing changed */
export async function renameConnectionOf(
  by: By,
  grant: ListedGrant,
  text: string,
): Promise<string | null | undefined> {
  const label = cleanLabel(text)
  const detail = { clientName: grant.clientName, ...(label ? { label } : {}) }
  const { exchange, events, actor } = await told(by, grant, 'grant.renamed', detail)
  const before = await renameGrant(grant.id, label, actor, events)
  if (before !== undefined) announce(exchange, events)
  return before
}
