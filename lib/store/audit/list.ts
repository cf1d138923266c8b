import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { AuditEntry, Prisma } from '@/lib/store/generated/client'
import { containing, rowsOf } from '@/lib/store/slice'
import type { AuditFacts } from './actions'

/** A recorded change. */
export type AuditRecord = Readonly<Omit<AuditEntry, 'detail'>> & {
  /** the subject's name at the time */
  readonly name: string | null
  readonly before: AuditFacts | null
  readonly after: AuditFacts | null
  readonly facts: AuditFacts | null
}

/** Filters; every member narrows. */
type AuditFilter = {
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
function fromRow({ detail, ...row }: AuditEntry): AuditRecord {
  const { name, before, after, facts, ...rest } = asFacts(detail) ?? {}
  return {
    ...row,
    name: typeof name === 'string' ? name : null,
    before: asFacts(before),
    after: asFacts(after),
    facts: asFacts({ ...asFacts(facts), ...rest }),
  }
}

async function containingText(text: string): Promise<Prisma.AuditEntryWhereInput> {
  const contains = containing(text)
  const people = await (await prisma()).user.findMany({
    where: { OR: [{ email: contains }, { name: contains }] },
    select: { id: true },
    take: maxPeople,
  })
  return {
    OR: [
      { action: contains },
      { subject: contains },
      { address: contains },
      { detail: { path: ['name'], string_contains: text, mode: 'insensitive' } },
      { detail: { path: ['facts', 'person'], string_contains: text, mode: 'insensitive' } },
      { userId: { in: people.map(({ id }) => id) } },
    ],
  }
}

/** A page of the audit trail, newest first. @param after id of the entry to start after */
export async function listStoredAudit(
  filter: AuditFilter,
  limit: number,
  after?: bigint,
): Promise<AuditRecord[]> {
  const { text, action, userId, subject, from, to } = filter
  const rows = await (await prisma()).auditEntry.findMany({
    where: {
      action,
      userId,
      subject,
      at: { gte: from, lt: to },
      ...(text ? await containingText(text) : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    ...rowsOf({ limit, after }),
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
