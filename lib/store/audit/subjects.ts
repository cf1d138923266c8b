import 'server-only'
import type { Connection } from '@/lib/store/database/database'
import type { AuditFacts } from './actions'

/** What a grant is called in the audit trail: its client, and in whose name. */
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
