import 'server-only'
import { prisma, transaction } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { Client as ClientRow, Prisma } from '@/lib/store/generated/client'
import { isStorable } from '@/lib/store/text'

/** An OAuth client (RFC 6749 §2). `secretHash` is the SHA-256 of its secret. */
export type Client = Readonly<Omit<ClientRow, 'metadata'>> & {
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What is stored of a new client. */
export type NewClient = Pick<
  Client,
  'id' | 'kind' | 'name' | 'redirectUris' | 'authMethod' | 'secretHash' | 'grantTypes' | 'metadata'
> &
  Partial<
    Pick<
      Client,
      | 'registrationHash'
      | 'kinHash'
      | 'source'
      | 'documentHash'
      | 'documentFreshUntil'
      | 'createdById'
    >
  >

const fromRow = (row: ClientRow): Client => ({
  ...row,
  metadata: row.metadata as Client['metadata'],
})

/** The client, or `null`; a disabled one is returned too, so that the caller can say why. */
export async function findClient(id: string): Promise<Client | null> {
  if (!isStorable(id)) return null
  const row = await (await prisma()).client.findUnique({ where: { id } })
  return row ? fromRow(row) : null
}

/** Stores a client together with its event. */
export async function createClient(client: NewClient, events: readonly NewEvent[]): Promise<void> {
  await transaction(async (connection) => {
    await connection.client.create({
      data: { ...client, metadata: client.metadata as Prisma.InputJsonObject },
    })
    await insertEventsWith(connection, events)
  })
}

/** How many clients there are. */
export const countClients = async (): Promise<number> => (await prisma()).client.count()

/** Names of clients by id; unknown ids are left out. */
export async function clientNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await (await prisma()).client.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
