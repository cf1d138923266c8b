import 'server-only'
import { prisma, transaction } from '@/lib/store/database/database'
import type { McpCarriedMessage } from '@/lib/store/generated/client'

/** Addresses every instance that has the session in memory. */
export const everyInstance = '*'

/** A client's message, as JSON text, for another instance. */
export type CarriedMessage = Readonly<Pick<McpCarriedMessage, 'id' | 'sessionId' | 'message'>>

/** Stores a message for an instance and wakes it. The row is the message; the wake-up may be lost. */
export async function carryMessage(
  instanceId: string,
  sessionId: string,
  message: string,
): Promise<void> {
  await transaction(async (connection) => {
    await connection.mcpCarriedMessage.create({ data: { instanceId, sessionId, message } })
    await connection.$executeRaw`select pg_notify('portico_sessions', ${`message:${instanceId}`})`
  })
}

/** Takes the messages for this instance, each once. */
export async function takeMessages(instanceId: string): Promise<CarriedMessage[]> {
  const rows = await (await prisma()).$queryRaw<CarriedMessage[]>`
    delete from "McpCarriedMessage" where "instanceId" = ${instanceId}
    returning id, "sessionId", message`
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Messages for every instance with an id above `after`. */
export const broadcastAfter = async (after: bigint): Promise<CarriedMessage[]> =>
  (await prisma()).mcpCarriedMessage.findMany({
    where: { instanceId: everyInstance, id: { gt: after } },
    orderBy: { id: 'asc' },
    select: { id: true, sessionId: true, message: true },
  })

/** The newest message so far: a newly started instance ignores earlier ones. */
export async function newestBroadcast(): Promise<bigint> {
  const { _max } = await (await prisma()).mcpCarriedMessage.aggregate({ _max: { id: true } })
  return _max.id ?? 0n
}

/** How often an instance reports its streams, and when it counts as gone. */
export const streamsHeldMs = { saidEvery: 20_000, goneAfter: 60_000 }

/** Reports how many streams this instance holds for each session; 0 after the last was closed. */
export async function saveOpenStreams(
  instanceId: string,
  counts: ReadonlyMap<string, number>,
  at: Date,
): Promise<void> {
  const rows = [...counts].map(([sessionId, count]) => ({ sessionId, count }))
  const open = rows.filter(({ count }) => count > 0)
  const closed = rows.filter(({ count }) => count === 0).map(({ sessionId }) => sessionId)
  const connection = await prisma()
  if (closed.length > 0) {
    await connection.mcpOpenStream.deleteMany({ where: { instanceId, sessionId: { in: closed } } })
  }
  if (open.length === 0) return
  await connection.$executeRaw`
    insert into "McpOpenStream" ("instanceId", "sessionId", count, "seenAt")
    select ${instanceId}, e."sessionId", e.count, ${at}
    from jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as e("sessionId" text, count int)
    where exists (select 1 from "McpSession" s where s.id = e."sessionId")
    on conflict ("instanceId", "sessionId")
      do update set count = excluded.count, "seenAt" = excluded."seenAt"`
}
