import 'server-only'
import { assemble } from '@/lib/handshake/assemble'
import type { Attempt } from '@/lib/handshake/attempt'
import { type Identification, type Stage, type StageId, stageIds } from '@/lib/handshake/handshake'
import type { Joined, JoinState } from '@/lib/handshake/join-state'
import { type HandshakeProgress, hasListeners } from '@/lib/recorder/signals'
import type { Connection } from '@/lib/store/database/database'
import type { ClientKind, Handshake as Row } from '@/lib/store/generated/client'

const identifications: Readonly<Record<ClientKind, Identification>> = {
  dynamic: 'dynamic',
  metadata_document: 'metadata-document',
  registered: 'pre-registered',
}

/** Whether an attempt's own events do not show how its client was identified. */
const isUnidentified = ({ clientId, registrations }: Attempt): boolean =>
  clientId !== null && registrations === 0 && !clientId.startsWith('https://')

/** How the clients of attempts were identified, by client id. */
async function knownClients(
  connection: Connection,
  attempts: readonly Attempt[],
): Promise<ReadonlyMap<string, Identification>> {
  const ids = new Set(attempts.flatMap(({ clientId }) => (clientId === null ? [] : [clientId])))
  if (ids.size === 0) return new Map()
  const rows = await connection.client.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, kind: true },
  })
  return new Map(rows.map(({ id, kind }) => [id, identifications[kind]]))
}

const dated = (at: number | null): Date | null => (at === null ? null : new Date(at))

/** An attempt of another person is no retry, however alike the two are. */
function isAnothers(state: JoinState, retryOf: string | null, userId: string | null): boolean {
  const other = retryOf === null ? undefined : state.attempts.get(retryOf)
  const user = other?.events.findLast((event) => event.userId !== null)?.userId
  return userId !== null && user !== undefined && user !== userId
}

/** A row as it is written; the database sets `changedAt`. */
type NewRow = Omit<Row, 'changedAt'>

/** With its steps, which are not stored. */
type Made = { readonly row: NewRow; readonly stages: readonly Stage[] }

function toRow(
  state: JoinState,
  attempt: Attempt,
  known: ReadonlyMap<string, Identification>,
  now: number,
): Made {
  const how = attempt.clientId === null ? null : (known.get(attempt.clientId) ?? null)
  const { handshake, standing } = assemble(attempt, how, now)
  const { retryOf, startedAt, lastAt, verdict, stages, events: _, ...same } = handshake
  const row: NewRow = {
    ...same,
    lane: attempt.lane,
    retryOfId: isAnothers(state, retryOf, same.userId) ? null : retryOf,
    startedAt: new Date(startedAt),
    lastAt: new Date(lastAt),
    verdict: verdict.kind,
    verdictAt: new Date(standing.since),
    stage: standing.stage,
    dueAt: dated(standing.dueAt),
    lookAgainAt: dated(standing.lookAgainAt),
    connectedAt: dated(standing.connectedAt),
    origin: attempt.origin,
    unused: standing.unused,
  }
  return { row, stages }
}

/** One statement, by the database's clock and under the joiner's lock, so that `changedAt` never goes back. */
async function upsert(connection: Connection, rows: readonly NewRow[]): Promise<void> {
  await connection.$executeRaw`
    insert into "Handshake"
    select (jsonb_populate_record(row, jsonb_build_object('changedAt', statement_timestamp()))).*
    from jsonb_populate_recordset(null::"Handshake", ${JSON.stringify(rows)}::jsonb) as row
    on conflict (id) do update set
      lane = excluded.lane, "retryOfId" = excluded."retryOfId", surface = excluded.surface,
      identification = excluded.identification, era = excluded.era,
      "clientId" = excluded."clientId", "clientName" = excluded."clientName",
      "userId" = excluded."userId", "interactionId" = excluded."interactionId",
      "grantId" = excluded."grantId", "startedAt" = excluded."startedAt",
      "lastAt" = excluded."lastAt", verdict = excluded.verdict, "verdictAt" = excluded."verdictAt",
      stage = excluded.stage, "dueAt" = excluded."dueAt", "lookAgainAt" = excluded."lookAgainAt",
      "connectedAt" = excluded."connectedAt", origin = excluded.origin, unused = excluded.unused,
      "changedAt" = excluded."changedAt"`
}

/** Older progress, from a rebuild or after an outage, is not reported as new. */
const newsForMs = 15 * 60_000

type Before = Pick<Row, 'id' | 'verdict' | 'stage'>

/** The steps reached since it was last stored, each with the time after the one before. */
function reachedSince(before: Before | undefined, stages: readonly Stage[], now: number) {
  const from = before ? stageIds.indexOf((before.stage ?? '') as StageId) : 0
  if (from < 0) return []
  const done = stages.flatMap(({ id, state, at }) =>
    state === 'done' && at !== null ? [{ stage: id, at }] : [],
  )
  return done.flatMap(({ stage, at }, place) => {
    const last = done[place - 1]
    if (!last || stageIds.indexOf(stage) < from || at < now - newsForMs) return []
    return [{ stage, ms: Math.max(0, at - last.at) }]
  })
}

/** What changes against the stored row; called before it is written. */
async function progressOf(
  connection: Connection,
  made: readonly Made[],
  now: number,
): Promise<HandshakeProgress[]> {
  const rows = await connection.handshake.findMany({
    where: { id: { in: made.map(({ row }) => row.id) } },
    select: { id: true, verdict: true, stage: true },
  })
  const stored = new Map(rows.map((row) => [row.id, row]))
  return made.map(({ row, stages }) => {
    const before = stored.get(row.id)
    const isNews = row.verdict !== before?.verdict && row.verdictAt.getTime() > now - newsForMs
    return {
      id: row.id,
      surface: row.surface as HandshakeProgress['surface'],
      lane: row.lane as HandshakeProgress['lane'],
      verdict: isNews ? (row.verdict as HandshakeProgress['verdict']) : null,
      reached: reachedSince(before, stages, now),
    }
  })
}

/**
 * Stores how attempts stand at `now`, and which events belong to them.
 *
 * @returns their progress, where it is measured
 */
export async function writeAttempts(
  connection: Connection,
  state: JoinState,
  attempts: ReadonlySet<Attempt>,
  joined: readonly (Joined & { readonly toldAt: number })[],
  now: number,
): Promise<HandshakeProgress[]> {
  if (attempts.size === 0) return []
  const known = await knownClients(connection, [...attempts].filter(isUnidentified))
  const made = [...attempts].map((attempt) => toRow(state, attempt, known, now))
  const rows = made.map(({ row }) => row)
  const progress = hasListeners('handshake') ? await progressOf(connection, made, now) : []
  await upsert(connection, rows)
  if (joined.length > 0) {
    await connection.handshakeEvent.createMany({
      data: joined.map(({ attempt, event, toldAt }) => ({
        eventId: BigInt(event.id),
        handshakeId: attempt.id,
        toldAt: new Date(toldAt),
      })),
      skipDuplicates: true,
    })
  }
  await notifyHandshakes(
    connection,
    rows.map(({ id }) => id),
  )
  return progress
}

/** Notifies readers of handshakes, some of which may be deleted. */
export async function notifyHandshakes(
  connection: Connection,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await connection.$executeRaw`
    select pg_notify('portico_handshakes', id) from unnest(${[...ids]}::text[]) as id`
}
