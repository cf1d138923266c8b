import 'server-only'
import type { StageId } from '@/lib/handshake/handshake'
import { type Lane, lanes } from '@/lib/handshake/lane'
import { prisma } from '@/lib/store/database/database'

/**
 * How many handshakes of other clients failed or stalled at the same step. What strangers cause is no
 * evidence of what people meet: only its own lane counts, and those before it.
 *
 * @param since counts from this time on
 */
export async function countFailingAlike(
  { id, clientId }: { readonly id: string; readonly clientId: string | null },
  lane: Lane,
  stage: StageId,
  since: Date,
): Promise<number> {
  return (await prisma()).handshake.count({
    where: {
      lane: { in: lanes.slice(0, lanes.indexOf(lane) + 1) },
      stage,
      verdict: { in: ['stalled', 'failed'] },
      startedAt: { gte: since },
      id: { not: id },
      ...(clientId === null ? {} : { OR: [{ clientId: null }, { clientId: { not: clientId } }] }),
    },
  })
}
