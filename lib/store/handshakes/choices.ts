import 'server-only'
import { prisma } from '@/lib/store/database/database'

/** How many of the newest attempts are searched. */
const looksBack = 500

/** The clients and people of the newest attempts. */
export type Participants = {
  readonly clients: readonly { readonly clientId: string; readonly clientName: string | null }[]
  readonly userIds: readonly string[]
}

/** The clients and people of the newest attempts, latest first, each once. */
export async function newestParticipants(): Promise<Participants> {
  const rows = await (await prisma()).handshake.findMany({
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: looksBack,
    select: { clientId: true, clientName: true, userId: true },
  })
  const clients = new Map(
    rows.flatMap(({ clientId, clientName }) =>
      clientId === null ? [] : [[clientId, { clientId, clientName }] as const],
    ),
  )
  const userIds = new Set(rows.flatMap(({ userId }) => (userId === null ? [] : [userId])))
  return { clients: [...clients.values()], userIds: [...userIds] }
}
