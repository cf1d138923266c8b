import 'server-only'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { isQuiet as isQuietAttempt, settlesAfterMs } from '@/lib/handshake/join'
import {
  type JoinState,
  looseForMs,
  mostLoose,
  newJoinState,
  remembersMs,
  restoreAttempt,
} from '@/lib/handshake/join-state'
import { originOf } from '@/lib/handshake/software'
import { isNotable } from '@/lib/handshake/trouble'
import type { Connection } from './database'
import { eventsOfHandshakes, looseEvents, type Moment } from './handshake-events'

/** The state of joining, and grants of which it needs to know no more. */
export type HeldState = { readonly state: JoinState; readonly quiet: Set<string> }

/** The grants whose ordinary calls join nothing, from a time on and until something notable happens. */
export const quietGrants = ({ state, quiet }: HeldState, at: number): ReadonlySet<string> =>
  new Set([
    ...[...quiet].filter((id) => !state.byGrant.has(id)),
    ...[...state.byGrant].flatMap(([id, attempt]) => (isQuietAttempt(attempt, at) ? [id] : [])),
  ])

type Found = { readonly id: string; readonly retryOfId: string | null }

/** Puts handshakes back into the state. */
export async function restore(
  connection: Connection,
  state: JoinState,
  found: readonly Found[],
): Promise<void> {
  const unknown = found.filter(({ id }) => !state.attempts.has(id))
  const events = await eventsOfHandshakes(
    connection,
    unknown.map(({ id }) => id),
  )
  for (const { id, retryOfId } of unknown) {
    restoreAttempt(state, id, retryOfId, events.get(id) ?? [])
  }
}

const select = { id: true, retryOfId: true }

/** The state as it was after the event at `joined`. */
export async function loadState(connection: Connection, joined: Moment): Promise<HeldState> {
  const state = newJoinState()
  const found = await connection.handshake.findMany({
    where: { lastAt: { gte: new Date(joined.at - remembersMs) } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select,
  })
  await restore(connection, state, found)
  const from = joined.at - Math.max(remembersMs, looseForMs)
  state.loose = await looseEvents(connection, from, joined, mostLoose)
  return { state, quiet: new Set() }
}

async function restoreGrants(
  connection: Connection,
  { state, quiet }: HeldState,
  events: readonly HandshakeEvent[],
): Promise<void> {
  const notable = new Set(events.filter(isNotable).map(({ grantId }) => grantId))
  const wanted = new Set(
    events.flatMap(({ grantId }) =>
      grantId !== null &&
      !state.byGrant.has(grantId) &&
      (notable.has(grantId) || !quiet.has(grantId))
        ? [grantId]
        : [],
    ),
  )
  if (wanted.size === 0) return
  const rows = await connection.handshake.findMany({
    where: { grantId: { in: [...wanted] } },
    select: { ...select, grantId: true, verdict: true, connectedAt: true },
  })
  const first = events[0]?.at ?? 0
  const isQuiet = ({ grantId, verdict, connectedAt }: (typeof rows)[number]) =>
    verdict === 'connected' &&
    connectedAt !== null &&
    first - connectedAt.getTime() > settlesAfterMs &&
    !notable.has(grantId)
  await restore(
    connection,
    state,
    rows.filter((row) => !isQuiet(row)),
  )
  const told = new Map(rows.map((row) => [row.grantId, row]))
  for (const grantId of wanted) {
    const row = told.get(grantId)
    if (!row || isQuiet(row)) quiet.add(grantId)
  }
}

async function restoreInteractions(
  connection: Connection,
  { state }: HeldState,
  events: readonly HandshakeEvent[],
): Promise<void> {
  const wanted = events.flatMap(({ interactionId }) =>
    interactionId !== null && !state.byInteraction.has(interactionId) ? [interactionId] : [],
  )
  if (wanted.length === 0) return
  const where = { interactionId: { in: [...new Set(wanted)] } }
  await restore(connection, state, await connection.handshake.findMany({ where, select }))
}

async function restoreOrigins(
  connection: Connection,
  { state }: HeldState,
  events: readonly HandshakeEvent[],
): Promise<void> {
  const knocks = events.filter(({ name }) => name === 'mcp.challenged' || name === 'path.missed')
  const wanted = new Set(knocks.map(originOf).filter((origin) => !state.connected.has(origin)))
  for (const origin of wanted) {
    if (await connection.handshake.findFirst({ where: { origin }, select: { id: true } })) {
      state.connected.add(origin)
    }
  }
}

/** Adds to the state what joining these events needs to know of older handshakes. */
export async function prepare(
  connection: Connection,
  held: HeldState,
  events: readonly HandshakeEvent[],
): Promise<void> {
  await restoreGrants(connection, held, events)
  await restoreInteractions(connection, held, events)
  await restoreOrigins(connection, held, events)
}
