import 'server-only'
import { prisma, transaction } from '@/lib/store/database/database'

/** The stream that a client opens with GET, one per session. */
export const standaloneStream = 'standalone'

/** An event of a POST's stream, written by the instance that answers it. */
export type NewStreamEvent = {
  readonly sessionId: string
  readonly streamId: string
  readonly seq: number
  /** JSON text; `null` in the event that opens the stream */
  readonly message: string | null
  readonly final: boolean
}

/** An event as a reader gets it; `position` follows the stream in its event id. */
export type StreamEvent = {
  readonly position: bigint
  readonly message: string | null
  readonly final: boolean
}

/** Stores events of POST streams in one statement, and wakes their readers. */
export async function insertStreamEvents(events: readonly NewStreamEvent[]): Promise<void> {
  if (events.length === 0) return
  const ids = [...new Set(events.map(({ sessionId }) => sessionId))].join(',')
  // a session deleted meanwhile must not make the insert of the others fail
  await (await prisma()).$executeRaw`
    with written as (
      insert into "McpStreamEvent" ("sessionId", "streamId", seq, message, final)
      select e."sessionId", e."streamId", e.seq, e.message, e.final
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        as e("sessionId" text, "streamId" text, seq int, message text, final boolean)
      where exists (select 1 from "McpSession" s where s.id = e."sessionId" and s."endedAt" is null)
      on conflict do nothing
    )
    select pg_notify('portico_streams', ${ids.length < 7900 ? ids : ''})`
}

/** Adds a message to the stream that the client opened, or will open, with GET. */
export async function appendStandalone(sessionId: string, message: string): Promise<void> {
  await transaction(async (connection) => {
    // ids become visible in order, so that no reader skips one
    await connection.$executeRaw`select pg_advisory_xact_lock(hashtext(${sessionId}))`
    await connection.mcpStreamEvent.create({
      data: { sessionId, streamId: standaloneStream, message },
    })
    await connection.$executeRaw`select pg_notify('portico_streams', ${sessionId})`
  })
}

/** The events of a stream after a position, in its order. */
export async function streamEventsAfter(
  sessionId: string,
  streamId: string,
  position: bigint,
  limit: number,
): Promise<StreamEvent[]> {
  const isStandalone = streamId === standaloneStream
  const after = isStandalone ? { id: { gt: position } } : { seq: { gt: Number(position) } }
  const rows = await (await prisma()).mcpStreamEvent.findMany({
    where: { sessionId, streamId, ...after },
    orderBy: isStandalone ? { id: 'asc' } : { seq: 'asc' },
    take: limit,
  })
  return rows.map(({ id, seq, message, final }) => {
    return { position: isStandalone ? id : BigInt(seq ?? 0), message, final }
  })
}

/** The position of the last event in a session's standalone stream; 0 when it has none. */
export async function standaloneEnd(sessionId: string): Promise<bigint> {
  const { _max } = await (await prisma()).mcpStreamEvent.aggregate({
    where: { sessionId, streamId: standaloneStream },
    _max: { id: true },
  })
  return _max.id ?? 0n
}

/** The stored state of a POST's stream. */
export type PostStream = {
  /** the position of its last event; `null` while it is being answered */
  readonly end: bigint | null
  /** the position of the newest event so far */
  readonly newest: bigint
  /** whether it has been silent for so long that no instance is answering it */
  readonly isAbandoned: boolean
}

/**
 * Looks up the stream of a POST, by the clock of the database, which wrote its times.
 *
 * @param longestMs how long it may be silent while it is being answered
 * @returns `null` when nothing is stored of it
 */
export async function findPostStream(
  sessionId: string,
  streamId: string,
  longestMs: number,
): Promise<PostStream | null> {
  type Row = { end: number | null; newest: number; isAbandoned: boolean }
  const rows = await (await prisma()).$queryRaw<Row[]>`
    select max(seq) filter (where final) as "end", max(seq) as newest,
      max("createdAt") < now() - make_interval(secs => ${longestMs / 1000}) as "isAbandoned"
    from "McpStreamEvent" where "sessionId" = ${sessionId} and "streamId" = ${streamId}
    having count(*) > 0`
  const [row] = rows
  if (!row) return null
  const end = row.end === null ? null : BigInt(row.end)
  return { end, newest: BigInt(row.newest), isAbandoned: row.isAbandoned }
}
