import 'server-only'
import type { Connection } from '@/lib/store/database/database'
import type { Prisma } from '@/lib/store/generated/client'
import type { Actor } from '@/lib/vocabulary'
import type { AuditAction, AuditDetail } from './actions'

/**
 * Writes the audit entry of a change inside its transaction, so that neither exists without the other.
 * Nothing else writes audit entries.
 *
 * @param subject id of what was changed
 */
export async function auditWith(
  connection: Connection,
  actor: Actor,
  action: AuditAction,
  subject: string,
  detail: AuditDetail = {},
): Promise<void> {
  const { userId, address } = actor
  await connection.auditEntry.create({
    data: { userId, address, action, subject, detail: detail as Prisma.InputJsonObject },
  })
}
