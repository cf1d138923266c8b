import 'server-only'
import type { Connection } from '@/lib/store/database/database'
import type { AuditFacts } from './actions'

/** A grant's name in the audit trail: its client, and its person. */
export async function grantSubject(
  connection: Connection,
  grantId: string,
): Promise<{ readonly name: string; readonly facts: AuditFacts; readonly status: string } | null> {
  const grant = await connection.grant.findUnique({
    where: { id: grantId },
    select: {
      status: true,
      client: { select: { name: true } },
      user: { select: { email: true } },
    },
  })
  return (
    grant && {
      name: grant.client.name,
      facts: { person: grant.user.email },
      status: grant.status,
    }
  )
}
