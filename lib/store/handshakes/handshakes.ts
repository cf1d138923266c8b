import 'server-only'
import { assemble } from '@/lib/handshake/assemble'
import type {
  Era,
  Handshake,
  Identification,
  StageId,
  Surface,
  Verdict,
} from '@/lib/handshake/handshake'
import { prisma } from '@/lib/store/database/database'
import type { Prisma, Handshake as Row } from '@/lib/store/generated/client'
import { eventsOfHandshakes } from './events'

/** A handshake as it is listed: as last judged. */
export type ListedHandshake = Omit<
  Row,
  'surface' | 'identification' | 'era' | 'verdict' | 'stage' | 'origin' | 'lookAgainAt'
> & {
  readonly surface: Surface
  readonly identification: Identification | null
  readonly era: Era | null
  readonly verdict: Verdict
  readonly stage: StageId | null
}

/** Filters; every member narrows. */
export type HandshakeFilter = {
  readonly surface?: Surface | undefined
  readonly verdict?: Verdict['kind'] | undefined
  readonly stage?: StageId | undefined
  readonly clientId?: string | undefined
  readonly userId?: string | undefined
  /** started at or after */
  readonly from?: Date | undefined
  /** started before */
  readonly to?: Date | undefined
  /** its token was issued and never used on /mcp */
  readonly unused?: boolean | undefined
}

function toVerdict(kind: string, stage: StageId | null): Verdict {
  if ((kind === 'stalled' || kind === 'failed') && stage !== null) return { kind, stage }
  return { kind } as Verdict
}

function fromRow({ origin: _, lookAgainAt: __, ...row }: Row): ListedHandshake {
  const stage = row.stage as StageId | null
  return {
    ...row,
    stage,
    surface: row.surface as Surface,
    identification: row.identification as Identification | null,
    era: row.era as Era | null,
    verdict: toVerdict(row.verdict, stage),
  }
}

async function list(
  where: Prisma.HandshakeWhereInput,
  limit: number,
  orderBy: Prisma.HandshakeOrderByWithRelationInput[] = [{ startedAt: 'desc' }, { id: 'desc' }],
): Promise<ListedHandshake[]> {
  const rows = await (await prisma()).handshake.findMany({ where, orderBy, take: limit })
  return rows.map(fromRow)
}

/** The newest attempts that led to a grant or used it. */
export const handshakesOfGrant = (grantId: string, limit: number): Promise<ListedHandshake[]> =>
  list({ grantId }, limit)

/** The newest attempt that led to a grant or used it, or `null`. */
export const handshakeOfGrant = async (grantId: string): Promise<string | null> =>
  (await list({ grantId }, 1))[0]?.id ?? null

const where = (filter: HandshakeFilter): Prisma.HandshakeWhereInput[] => {
  const { surface, verdict, stage, clientId, userId, unused, from, to } = filter
  return [
    { surface, verdict, stage, clientId, userId, unused },
    ...(from ? [{ startedAt: { gte: from } }] : []),
    ...(to ? [{ startedAt: { lt: to } }] : []),
  ]
}

/** Rows after one in the list; the first condition alone bounds the index scan. */
async function after(cursor: string | undefined): Promise<Prisma.HandshakeWhereInput[]> {
  if (cursor === undefined) return []
  const row = await (await prisma()).handshake.findUnique({
    where: { id: cursor },
    select: { startedAt: true },
  })
  if (!row) return []
  const { startedAt } = row
  return [
    { startedAt: { lte: startedAt } },
    { OR: [{ startedAt: { lt: startedAt } }, { id: { lt: cursor } }] },
  ]
}

/** A page of handshakes, newest first. @param cursor id of the row to start after */
export const listStoredHandshakes = async (
  filter: HandshakeFilter,
  limit: number,
  cursor?: string,
): Promise<ListedHandshake[]> => list({ AND: [...where(filter), ...(await after(cursor))] }, limit)

/** Handshakes that changed at or after a time, earliest change first. */
export const changedHandshakes = (since: Date, limit: number): Promise<ListedHandshake[]> =>
  list({ changedAt: { gte: since } }, limit, [{ changedAt: 'asc' }, { id: 'asc' }])

/** Which of some handshakes match. */
export async function matchingHandshakes(
  filter: HandshakeFilter,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await (await prisma()).handshake.findMany({
    where: { AND: [{ id: { in: [...ids] } }, ...where(filter)] },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}

/** When a handshake last changed, by the database's clock. */
export async function newestChange(): Promise<Date> {
  // Prisma's aggregate reads every row
  const newest = await (await prisma()).handshake.findFirst({
    orderBy: { changedAt: 'desc' },
    select: { changedAt: true },
  })
  return newest?.changedAt ?? new Date(0)
}

/** How many of the newest attempts are searched for their clients and people. */
const looksBack = 500

/** The clients and people of the newest attempts, latest first, each once. */
export async function newestParticipants() {
  const rows = await list({}, looksBack)
  const clients = new Map(
    rows.flatMap(({ clientId, clientName }) =>
      clientId === null ? [] : [[clientId, { clientId, clientName }] as const],
    ),
  )
  const userIds = new Set(rows.flatMap(({ userId }) => userId ?? []))
  return { clients: [...clients.values()], userIds: [...userIds] }
}

/** One handshake with its events, as of `now`, or `null`. */
export async function findHandshake(
  id: string,
  now: number,
): Promise<{ readonly listed: ListedHandshake; readonly handshake: Handshake } | null> {
  const connection = await prisma()
  const row = await connection.handshake.findUnique({ where: { id } })
  if (!row) return null
  const events = (await eventsOfHandshakes(connection, [id])).get(id) ?? []
  const listed = fromRow(row)
  const attempt = { id, retryOf: row.retryOfId, events }
  const { handshake, standing } = assemble(attempt, listed.identification, now)
  const { stage, since, unused } = standing
  const dueAt = standing.dueAt === null ? null : new Date(standing.dueAt)
  const { verdict } = handshake
  const judged = { verdict, verdictAt: new Date(since), stage, dueAt, unused }
  return { listed: { ...listed, ...judged }, handshake }
}

/** The attempt that retried this one, or `null`. */
export const retryOfHandshake = async (id: string): Promise<string | null> =>
  (await list({ retryOfId: id }, 1, [{ startedAt: 'asc' }]))[0]?.id ?? null

/** The last attempt of a surface that connected, other than `id`, or `null`. */
export async function lastGoodHandshake(
  surface: Surface,
  id: string,
  now: number,
): Promise<Handshake | null> {
  const [row] = await list({ surface, verdict: 'connected', id: { not: id } }, 1)
  return row ? ((await findHandshake(row.id, now))?.handshake ?? null) : null
}
