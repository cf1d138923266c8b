import 'server-only'
import type { Connection } from '@/lib/store/database/database'
import { insertEventsWith, type NewEvent } from '@/lib/store/events/events'
import type { Prisma } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import type { AuditAction, AuditDetail } from './actions'

/**
 * Writes the audit entry and the events of a change inside its transaction, so that none exists without the
 * others. Nothing else writes audit entries.
 *
 * @param subject id of what was changed
 */
export async function auditWith(
  connection: Connection,
  actor: Actor,
  action: AuditAction,
  subject: string,
  events: readonly NewEvent[],
  detail: AuditDetail = {},
): Promise<void> {
  const { userId, address } = actor
  await connection.auditEntry.create({
    data: { userId, address, action, subject, detail: detail as Prisma.InputJsonObject },
  })
  await insertEventsWith(connection, events)
}

/** A grant in the audit trail: its client's name, its person, and its status. */
export async function grantSubject(connection: Connection, grantId: string) {
  const grant = await connection.grant.findUnique({
    where: { id: grantId },
    select: { status: true, client: { select: { name: true } }, user: { select: { email: true } } },
  })
  if (!grant) return null
  const named = { name: grant.client.name, facts: { person: grant.user.email } }
  return { named, status: grant.status }
}
