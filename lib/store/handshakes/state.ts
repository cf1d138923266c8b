import 'server-only'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { isQuiet as isQuietAttempt, settlesAfterMs } from '@/lib/handshake/join'
import {
  JoinState,
  looseForMs,
  maxLoose,
  maxUnattended,
  remembersMs,
  restoreAttempt,
} from '@/lib/handshake/join-state'
import { type Lane, lanes } from '@/lib/handshake/lane'
import { originsOf } from '@/lib/handshake/software'
import { isNotable } from '@/lib/handshake/trouble'
import type { Connection } from '@/lib/store/database/database'
import { eventsOfHandshakes, type LogPosition, looseEvents } from './events'

/** The state of joining, and grants that it can ignore. */
export type HeldState = { readonly state: JoinState; readonly quiet: Set<string> }

/** The grants whose ordinary calls join nothing, from a time on until something notable happens. */
export const quietGrants = ({ state, quiet }: HeldState, at: number): ReadonlySet<string> =>
  new Set([
    ...[...quiet].filter((id) => !state.byGrant.has(id)),
    ...[...state.byGrant].flatMap(([id, attempt]) => (isQuietAttempt(attempt, at) ? [id] : [])),
  ])

/** A stored attempt, as far as the state needs it. */
export type Found = { readonly id: string; readonly retryOfId: string | null }

/** What is read of a {@link Found}. */
export const select = { id: true, retryOfId: true } as const

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

/** The attempts of a lane since a time; of those without a person the newest, up to a limit. */
const recentOf = (connection: Connection, lane: Lane, since: Date) =>
  connection.handshake.findMany({
    where: { lane, lastAt: { gte: since } },
    orderBy: [{ lastAt: 'desc' }, { id: 'desc' }],
    ...(lane === 'person' ? {} : { take: maxUnattended }),
    select: { ...select, startedAt: true },
  })

/** The state as it was after the event at `joined`. */
export async function loadState(connection: Connection, joined: LogPosition): Promise<HeldState> {
  const state = new JoinState()
  const since = new Date(joined.at - remembersMs)
  const found = await Promise.all(lanes.map((lane) => recentOf(connection, lane, since)))
  // later ones of strangers exceed what is remembered
  state.isCrowded = found.some(
    ({ length }, at) => lanes[at] !== 'person' && length === maxUnattended,
  )
  const oldestFirst = found
    .flat()
    .toSorted((a, b) => +a.startedAt - +b.startedAt || (a.id < b.id ? -1 : 1))
  await restore(connection, state, oldestFirst)
  const from = joined.at - Math.max(remembersMs, looseForMs)
  state.loose = await looseEvents(connection, from, joined, maxLoose)
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
  const byGrant = new Map(rows.map((row) => [row.grantId, row]))
  for (const grantId of wanted) {
    const row = byGrant.get(grantId)
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

/** How many attempts one query finds by their browsers' clients. */
const maxByClient = 200

/** Restores attempts without a person when their browser comes: only the client's id says which. */
async function restoreClients(
  connection: Connection,
  { state }: HeldState,
  events: readonly HandshakeEvent[],
): Promise<void> {
  if (!state.isCrowded) return
  const known = new Set([...state.attempts.values()].map(({ clientId }) => clientId))
  const coming = events.filter(
    ({ name, clientId }) =>
      name.startsWith('authorization.') && clientId !== null && !known.has(clientId),
  )
  if (coming.length === 0) return
  const found = await connection.handshake.findMany({
    where: {
      clientId: { in: [...new Set(coming.flatMap(({ clientId }) => clientId ?? []))] },
      interactionId: null,
      lastAt: { gte: new Date((events[0]?.at ?? 0) - remembersMs) },
    },
    orderBy: { startedAt: 'desc' },
    take: maxByClient,
    select,
  })
  await restore(connection, state, found)
}

async function restoreOrigins(
  connection: Connection,
  { state }: HeldState,
  events: readonly HandshakeEvent[],
): Promise<void> {
  const knocks = events.filter(({ name }) => name === 'mcp.challenged' || name === 'path.missed')
  const wanted = new Set(knocks.flatMap(originsOf).filter((origin) => !state.connected.has(origin)))
  if (wanted.size === 0) return
  // in one statement: a client chooses its name, and may have thousands of attempts
  const rows = await connection.$queryRaw<{ origin: string }[]>`
    select origin from unnest(${[...wanted]}::text[]) as wanted(origin)
    where exists (select from "Handshake" h where h.origin = wanted.origin)`
  for (const { origin } of rows) state.connected.add(origin)
}

/** Adds to the state what joining these events needs to know of older handshakes. */
export async function prepare(
  connection: Connection,
  held: HeldState,
  events: readonly HandshakeEvent[],
): Promise<void> {
  await restoreGrants(connection, held, events)
  await restoreInteractions(connection, held, events)
  await restoreClients(connection, held, events)
  await restoreOrigins(connection, held, events)
}
