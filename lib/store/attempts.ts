import 'server-only'
import { prisma } from './database'
import type { Client, GrantStatus, Interaction, Prisma } from './generated/client'

/** An attempt to connect that came as far as /authorize, and what became of it. */
export type Attempt = Pick<
  Interaction,
  | 'id'
  | 'clientId'
  | 'redirectUri'
  | 'scope'
  | 'createdAt'
  | 'expiresAt'
  | 'shownAt'
  | 'decidedAt'
  | 'decision'
  | 'grantId'
> & {
  readonly clientName: string
  readonly clientKind: Client['kind']
  /** e-mail address of whoever allowed it */
  readonly person: string | null
  readonly grantStatus: GrantStatus | null
  readonly tokenIssuedAt: Date | null
  /** when the first authenticated MCP request came */
  readonly firstUsedAt: Date | null
}

/** How attempts are listed; every member narrows. */
export type AttemptFilter = {
  readonly text?: string | undefined
  /** only those that led to no authenticated MCP request */
  readonly unfinished?: boolean | undefined
}

const whole = {
  client: { select: { name: true, kind: true } },
  grant: {
    select: {
      status: true,
      lastActiveAt: true,
      user: { select: { email: true } },
      accessTokens: {
        select: { issuedAt: true, firstUsedAt: true },
        orderBy: { issuedAt: 'asc' },
        take: 1,
      },
    },
  },
} satisfies Prisma.InteractionInclude

type WholeRow = Prisma.InteractionGetPayload<{ include: typeof whole }>

function fromRow({ client, grant, ...interaction }: WholeRow): Attempt {
  const token = grant?.accessTokens[0]
  return {
    ...interaction,
    clientName: client.name,
    clientKind: client.kind,
    person: grant?.user.email ?? null,
    grantStatus: grant?.status ?? null,
    tokenIssuedAt: token?.issuedAt ?? null,
    // where the first token was never used, a later one of the grant was
    firstUsedAt: token?.firstUsedAt ?? grant?.lastActiveAt ?? null,
  }
}

function where({ text, unfinished }: AttemptFilter): Prisma.InteractionWhereInput {
  const contains = text ? { contains: text, mode: 'insensitive' as const } : null
  const found = contains && {
    OR: [
      { id: contains },
      { clientId: contains },
      { redirectUri: contains },
      { client: { name: contains } },
      { grant: { user: { email: contains } } },
    ],
  }
  const open = unfinished && { OR: [{ grantId: null }, { grant: { lastActiveAt: null } }] }
  return { AND: [...(found ? [found] : []), ...(open ? [open] : [])] }
}

/** A page of attempts, newest first. @param cursor id of the attempt to start after */
export async function listAttempts(
  filter: AttemptFilter,
  limit: number,
  cursor?: string,
): Promise<Attempt[]> {
  const rows = await (await prisma()).interaction.findMany({
    where: where(filter),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    include: whole,
  })
  return rows.map(fromRow)
}

/** The attempt with this id, or that led to the grant with it; `null` when there is none. */
export async function findAttempt(id: string): Promise<Attempt | null> {
  const row = await (await prisma()).interaction.findFirst({
    where: { OR: [{ id }, { grantId: id }] },
    include: whole,
  })
  return row && fromRow(row)
}
