import 'server-only'
import { prisma } from './database'
import type { Prisma } from './generated/client'
import type { Grant } from './grants'
import { isStorable } from './text'

/** A grant as the dashboard lists it. */
export type ListedGrant = Grant & {
  readonly clientName: string
  readonly clientKind: 'dynamic' | 'metadata_document' | 'registered'
  readonly userEmail: string
  readonly unused: boolean
}

/** How grants are listed. */
export type GrantFilter = {
  readonly text?: string | undefined
  readonly state?: 'active' | 'paused' | 'revoked' | 'unused' | undefined
  readonly clientId?: string | undefined
  readonly userId?: string | undefined
}

/** A token was issued for it and no MCP request has come. */
const unused = {
  status: 'active',
  lastActiveAt: null,
  accessTokens: { some: {} },
} satisfies Prisma.GrantWhereInput

const orders = {
  newest: [{ createdAt: 'desc' }, { id: 'desc' }],
  oldest: [{ createdAt: 'asc' }, { id: 'asc' }],
  active: [{ lastActiveAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
  name: [{ client: { name: 'asc' } }, { id: 'asc' }],
} satisfies Record<string, Prisma.GrantOrderByWithRelationInput[]>

/** The orders {@link listGrants} knows. */
export type GrantOrder = keyof typeof orders

/** Whether a string names an order of grants. */
export const isGrantOrder = (order: string | undefined): order is GrantOrder =>
  order !== undefined && Object.hasOwn(orders, order)

const listed = {
  client: { select: { name: true, kind: true } },
  user: { select: { email: true } },
  accessTokens: { select: { id: true }, take: 1 },
} satisfies Prisma.GrantInclude

type ListedRow = Prisma.GrantGetPayload<{ include: typeof listed }>

const fromRow = ({ client, user, accessTokens, ...grant }: ListedRow): ListedGrant => ({
  ...grant,
  clientName: client.name,
  clientKind: client.kind,
  userEmail: user.email,
  unused: grant.status === 'active' && !grant.lastActiveAt && accessTokens.length > 0,
})

/** A page of grants. @param cursor id of the row to start after */
export async function listGrants(
  filter: GrantFilter,
  order: GrantOrder,
  limit: number,
  cursor?: string,
): Promise<ListedGrant[]> {
  const contains = filter.text ? { contains: filter.text, mode: 'insensitive' as const } : null
  const rows = await (await prisma()).grant.findMany({
    where: {
      ...(filter.state === 'unused' ? unused : filter.state ? { status: filter.state } : {}),
      ...(filter.clientId ? { clientId: filter.clientId } : {}),
      ...(filter.userId ? { userId: filter.userId } : {}),
      ...(contains
        ? {
            OR: [
              { id: contains },
              { label: contains },
              { clientId: contains },
              { redirectUri: contains },
              { client: { name: contains } },
              { user: { email: contains } },
            ],
          }
        : {}),
    },
    orderBy: orders[order],
    take: limit,
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    include: listed,
  })
  return rows.map(fromRow)
}

/** One grant as the dashboard lists it, or `null`. */
export async function findGrant(id: string): Promise<ListedGrant | null> {
  if (!isStorable(id)) return null
  const row = await (await prisma()).grant.findUnique({ where: { id }, include: listed })
  return row ? fromRow(row) : null
}

/** How many grants are active, and how many of them have a token that was never used. */
export async function countGrants(): Promise<{ active: number; unused: number }> {
  const { grant } = await prisma()
  const [active, idle] = await Promise.all([
    grant.count({ where: { status: 'active' } }),
    grant.count({ where: unused }),
  ])
  return { active, unused: idle }
}
