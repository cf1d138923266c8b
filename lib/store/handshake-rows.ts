import 'server-only'
import { assemble } from '@/lib/handshake/assemble'
import type { Attempt } from '@/lib/handshake/attempt'
import type { Identification } from '@/lib/handshake/handshake'
import type { Joined, JoinState } from '@/lib/handshake/join-state'
import type { Connection } from './database'
import type { ClientKind, Prisma } from './generated/client'

const identifications: Readonly<Record<ClientKind, Identification>> = {
  dynamic: 'dynamic',
  metadata_document: 'metadata-document',
  registered: 'pre-registered',
}

/** How clients came to be known, by their id. */
export async function knownClients(
  connection: Connection,
  clientIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, Identification>> {
  const ids = [...new Set(clientIds.flatMap((id) => (id === null ? [] : [id])))]
  if (ids.length === 0) return new Map()
  const rows = await connection.client.findMany({
    where: { id: { in: ids } },
    select: { id: true, kind: true },
  })
  return new Map(rows.map(({ id, kind }) => [id, identifications[kind]]))
}

const dated = (at: number | null): Date | null => (at === null ? null : new Date(at))

/** A new attempt of somebody else's is no retry, however alike the two are. */
function isAnothers(state: JoinState, retryOf: string | null, userId: string | null): boolean {
  const other = retryOf === null ? undefined : state.attempts.get(retryOf)
  const user = other?.events.findLast((event) => event.userId !== null)?.userId
  return userId !== null && user !== undefined && user !== userId
}

function toRow(
  attempt: Attempt,
  known: ReadonlyMap<string, Identification>,
  now: number,
): Omit<Prisma.HandshakeCreateManyInput, 'changedAt' | 'retryOfId'> {
  const how = attempt.clientId === null ? null : (known.get(attempt.clientId) ?? null)
  const { handshake, standing } = assemble(attempt, how, now)
  return {
    id: handshake.id,
    surface: handshake.surface,
    identification: handshake.identification,
    era: handshake.era,
    clientId: handshake.clientId,
    clientName: handshake.clientName,
    userId: handshake.userId,
    interactionId: handshake.interactionId,
    grantId: handshake.grantId,
    startedAt: new Date(handshake.startedAt),
    lastAt: new Date(handshake.lastAt),
    verdict: handshake.verdict.kind,
    verdictAt: new Date(standing.since),
    stage: standing.stage,
    dueAt: dated(standing.dueAt),
    lookAgainAt: dated(standing.lookAgainAt),
    connectedAt: dated(standing.connectedAt),
    origin: attempt.origin,
    unused: standing.unused,
  }
}

/** Stores how attempts stand at `now`, and which events they were given. */
export async function writeAttempts(
  connection: Connection,
  state: JoinState,
  attempts: ReadonlySet<Attempt>,
  joined: readonly (Joined & { readonly toldAt: number })[],
  now: number,
): Promise<void> {
  if (attempts.size === 0) return
  const list = [...attempts]
  const known = await knownClients(
    connection,
    list.map(({ clientId }) => clientId),
  )
  // by the database's clock, and under the lock of the joiner: it never goes back
  const [clock] = await connection.$queryRaw<[{ at: Date }]>`select clock_timestamp() as at`
  for (const attempt of list) {
    const row = { ...toRow(attempt, known, now), changedAt: clock.at }
    const retryOfId = isAnothers(state, attempt.retryOf, row.userId ?? null)
      ? null
      : attempt.retryOf
    await connection.handshake.upsert({
      where: { id: row.id },
      create: { ...row, retryOfId },
      update: { ...row, ...(retryOfId === null ? { retryOfId } : {}) },
    })
  }
  await connection.handshakeEvent.createMany({
    data: joined.map(({ attempt, event, toldAt }) => ({
      eventId: BigInt(event.id),
      handshakeId: attempt.id,
      toldAt: new Date(toldAt),
    })),
    skipDuplicates: true,
  })
  const ids = list.map(({ id }) => id)
  await connection.$executeRaw`
    select pg_notify('portico_handshakes', id) from unnest(${ids}::text[]) as id`
}
