import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { Prisma } from '@/lib/store/generated/client'
import type { AuditFacts } from './actions'

/** A recorded change. */
export type AuditRecord = {
  readonly id: bigint
  readonly at: Date
  readonly userId: string | null
  readonly action: string
  readonly subject: string
  readonly address: string | null
  /** the subject's name at the time */
  readonly name: string | null
  readonly before: AuditFacts | null
  readonly after: AuditFacts | null
  readonly facts: AuditFacts | null
}

/** Filters; every member narrows. */
export type AuditFilter = {
  readonly text?: string | undefined
  readonly action?: string | undefined
  readonly userId?: string | undefined
  readonly subject?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

/** How many people a search text may match. */
const maxPeople = 100
/** How many of the newest entries are searched for actors. */
const looksBack = 500

const asFacts = (value: unknown): AuditFacts | null =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0
    ? (value as AuditFacts)
    : null

/** Facts beside the named ones were written by earlier versions. */
function fromRow({ detail, ...row }: Prisma.AuditEntryGetPayload<object>): AuditRecord {
  const { name, before, after, facts, ...rest } = asFacts(detail) ?? {}
  return {
    ...row,
    name: typeof name === 'string' ? name : null,
    before: asFacts(before),
    after: asFacts(after),
    facts: asFacts({ ...asFacts(facts), ...rest }),
  }
}

/** The people whose address or name contains a text. */
async function peopleCalled(text: string): Promise<string[]> {
  const contains = { contains: text, mode: 'insensitive' as const }
  const rows = await (await prisma()).user.findMany({
    where: { OR: [{ email: contains }, { name: contains }] },
    select: { id: true },
    take: maxPeople,
  })
  return rows.map(({ id }) => id)
}

async function containingText(text: string): Promise<Prisma.AuditEntryWhereInput> {
  const contains = { contains: text, mode: 'insensitive' as const }
  const people = await peopleCalled(text)
  return {
    OR: [
      { action: contains },
      { subject: contains },
      { address: contains },
      { detail: { path: ['name'], string_contains: text, mode: 'insensitive' } },
      { detail: { path: ['facts', 'person'], string_contains: text, mode: 'insensitive' } },
      ...(people.length > 0 ? [{ userId: { in: people } }] : []),
    ],
  }
}

/** A page of the audit trail, newest first. @param cursor id of the entry to start after */
export async function listAudit(
  filter: AuditFilter,
  limit: number,
  cursor?: bigint,
): Promise<AuditRecord[]> {
  const { text, action, userId, subject, from, to } = filter
  const rows = await (await prisma()).auditEntry.findMany({
    where: {
      ...(action ? { action } : {}),
      ...(userId ? { userId } : {}),
      ...(subject ? { subject } : {}),
      ...(from || to ? { at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
      ...(text ? await containingText(text) : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
    ...(cursor === undefined ? {} : { cursor: { id: cursor }, skip: 1 }),
  })
  return rows.map(fromRow)
}

/** The people who made the newest changes, latest first, each once. */
export async function newestActors(): Promise<string[]> {
  const rows = await (await prisma()).auditEntry.findMany({
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: looksBack,
    select: { userId: true },
  })
  return [...new Set(rows.flatMap(({ userId }) => (userId === null ? [] : [userId])))]
}
