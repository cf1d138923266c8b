import 'server-only'
import { prisma } from '@/lib/store/database/database'
import type { StoredEvent } from '@/lib/store/events/events'
import { type AuditEntry, Prisma } from '@/lib/store/generated/client'

/** Events that change a grant, as opposed to its use. */
const turningPoints = [
  'consent.granted',
  'code.issued',
  'code.replayed',
  'token.issued',
  'token.refreshed',
  'token.reused',
  'token.revoked',
  'grant.paused',
  'grant.resumed',
  'grant.renamed',
  'grant.revoked',
  'consent.forgotten',
]

/**
 * The newest events that changed a grant, newest first. A grant is used far more often than it is changed:
 * the condition that excludes `mcp.` matches the index's own, word for word.
 *
 * @param before only events with a smaller id
 */
export async function eventsThatChanged(
  grantId: string,
  limit: number,
  before?: bigint,
): Promise<StoredEvent[]> {
  const older = before === undefined ? Prisma.empty : Prisma.sql`and id < ${before}`
  return (await prisma()).$queryRaw<StoredEvent[]>`
    select * from "Event"
    where "grantId" = ${grantId} and name not like 'mcp.%'
      and name in (${Prisma.join(turningPoints)}) ${older}
    order by id desc limit ${limit}`
}

/** A change that a person made, from the audit trail. */
export type AuditedChange = Readonly<Omit<AuditEntry, 'detail'>> & {
  readonly detail: Readonly<Record<string, unknown>>
}

/** The newest audited changes of one subject within a period, newest first. */
export async function changesOf(
  subject: string,
  since: Date,
  until: Date,
  limit: number,
): Promise<AuditedChange[]> {
  const rows = await (await prisma()).auditEntry.findMany({
    where: { subject, at: { gte: since, lte: until } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows as AuditedChange[]
}
