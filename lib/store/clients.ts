import 'server-only'
import { prisma, transaction } from './database'
import { insertEventsWith, type NewEvent } from './events'
import type { Client as ClientRow, Prisma } from './generated/client'

/** An OAuth client (RFC 6749 §2). `secretHash` is the SHA-256 of its secret. */
export type Client = Readonly<Omit<ClientRow, 'metadata'>> & {
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What is stored of a new client. */
export type NewClient = Pick<
  Client,
  'id' | 'kind' | 'name' | 'redirectUris' | 'authMethod' | 'secretHash' | 'grantTypes' | 'metadata'
> &
  Partial<Pick<Client, 'registrationHash' | 'documentHash' | 'documentFreshUntil' | 'createdById'>>

const fromRow = (row: ClientRow): Client => ({
  ...row,
  metadata: row.metadata as Client['metadata'],
})

/** The client, or `null`; a disabled one is returned too, so that the caller can say why. */
export async function findClient(id: string): Promise<Client | null> {
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

/** How clients are listed. */
export type ClientFilter = {
  readonly text?: string | undefined
  readonly state?: 'active' | 'disabled' | 'never-used' | undefined
}

/** A client with the number of its active grants. */
export type ListedClient = Client & { readonly activeGrants: number }

const orders = {
  newest: [{ createdAt: 'desc' }, { id: 'desc' }],
  oldest: [{ createdAt: 'asc' }, { id: 'asc' }],
  name: [{ name: 'asc' }, { id: 'asc' }],
  used: [{ lastUsedAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
} satisfies Record<string, Prisma.ClientOrderByWithRelationInput[]>

/** The orders {@link listClients} knows. */
export type ClientOrder = keyof typeof orders

/** Whether a string names an order of clients. */
export const isClientOrder = (order: string | undefined): order is ClientOrder =>
  order !== undefined && Object.hasOwn(orders, order)

/** A page of clients. @param cursor id of the row to start after */
export async function listClients(
  filter: ClientFilter,
  order: ClientOrder,
  limit: number,
  cursor?: string,
): Promise<ListedClient[]> {
  const contains = filter.text ? { contains: filter.text, mode: 'insensitive' as const } : null
  const rows = await (await prisma()).client.findMany({
    where: {
      ...(contains ? { OR: [{ name: contains }, { id: contains }] } : {}),
      ...(filter.state === 'disabled' ? { disabledAt: { not: null } } : {}),
      ...(filter.state === 'active' ? { disabledAt: null } : {}),
      ...(filter.state === 'never-used' ? { lastUsedAt: null } : {}),
    },
    orderBy: orders[order],
    take: limit,
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    include: { _count: { select: { grants: { where: { status: 'active' } } } } },
  })
  return rows.map(({ _count, ...row }) => ({ ...fromRow(row), activeGrants: _count.grants }))
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
