import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { Prisma } from '@/lib/store/generated/client'
import { memberOf, type RowFilter, rowsOf, type Slice, searching } from '@/lib/store/slice'
import { isStorable } from '@/lib/store/text'

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

const states = {
  active: { status: 'active' },
  paused: { status: 'paused' },
  revoked: { status: 'revoked' },
  unused,
} satisfies Record<string, Prisma.GrantWhereInput>

const listed = {
  client: { select: { name: true, kind: true } },
  user: { select: { email: true } },
  accessTokens: { select: { id: true }, take: 1 },
} satisfies Prisma.GrantInclude

type ListedRow = Prisma.GrantGetPayload<{ include: typeof listed }>

const fromRow = ({ client, user, accessTokens, ...grant }: ListedRow) => ({
  ...grant,
  clientName: client.name,
  clientKind: client.kind,
  userEmail: user.email,
  unused: grant.status === 'active' && !grant.lastActiveAt && accessTokens.length > 0,
})

/** A grant as the dashboard lists it. */
export type ListedGrant = Readonly<ReturnType<typeof fromRow>>

/** A page of grants. */
export async function listGrants(
  filter: Omit<RowFilter, 'grantId'>,
  slice: Slice,
): Promise<ListedGrant[]> {
  const rows = await (await prisma()).grant.findMany({
    where: {
      ...memberOf(states, filter.state),
      ...(filter.clientId ? { clientId: filter.clientId } : {}),
      ...(filter.userId ? { userId: filter.userId } : {}),
      ...searching(filter.text, (contains) => [
        { id: contains },
        { label: contains },
        { clientId: contains },
        { redirectUri: contains },
        { client: { name: contains } },
        { user: { email: contains } },
      ]),
    },
    orderBy: memberOf(orders, slice.order) ?? orders.newest,
    ...rowsOf(slice),
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

/** How many grants are active, and how many of those have a token that was never used. */
export async function countGrants(): Promise<{ active: number; unused: number }> {
  const { grant } = await prisma()
  const [active, idle] = await Promise.all([
    grant.count({ where: { status: 'active' } }),
    grant.count({ where: unused }),
  ])
  return { active, unused: idle }
}
