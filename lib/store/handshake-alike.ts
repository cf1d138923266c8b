import 'server-only'
import type { StageId } from '@/lib/handshake/handshake'
import { prisma } from './database'

/**
 * How many handshakes of other clients came to nothing at the same step.
 *
 * @param since counted from this time on
 */
export async function countFailingAlike(
  { id, clientId }: { readonly id: string; readonly clientId: string | null },
  stage: StageId,
  since: Date,
): Promise<number> {
  return (await prisma()).handshake.count({
    where: {
      stage,
      verdict: { in: ['stalled', 'failed'] },
      startedAt: { gte: since },
      id: { not: id },
      ...(clientId === null ? {} : { OR: [{ clientId: null }, { clientId: { not: clientId } }] }),
    },
  })
}
