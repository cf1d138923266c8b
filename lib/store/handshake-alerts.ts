import 'server-only'
import type { StageId } from '@/lib/handshake/handshake'
import { prisma } from './database'

/** A handshake that did not come to its end, as far as somebody is told of it. */
export type TroubledHandshake = {
  readonly id: string
  readonly verdict: { readonly kind: 'stalled' | 'failed'; readonly stage: StageId }
  /** since when */
  readonly verdictAt: Date
}

const alertKey = ({ verdict: { kind, stage } }: TroubledHandshake): string => `${kind}:${stage}`

/**
 * Handshakes whose verdict has become `stalled` or `failed` between two times, and which nobody was
 * told of. Monitors and scanners that knock and never go on are no news: of those the product is
 * unknown and nothing but the challenge was reached.
 */
export async function untoldTrouble(
  kind: 'stalled' | 'failed',
  from: Date,
  until: Date,
): Promise<TroubledHandshake[]> {
  const rows = await (await prisma()).$queryRaw<{ id: string; stage: StageId; verdictAt: Date }[]>`
    select id, stage, "verdictAt" from "Handshake" h
    where verdict = ${kind} and "verdictAt" > ${from} and "verdictAt" <= ${until}
      and not (surface = 'unknown' and "clientId" is null)
      and not exists (select from "HandshakeAlert" a
        where a."handshakeId" = h.id and a.verdict = h.verdict || ':' || h.stage)
    order by "verdictAt" limit 100`
  return rows.map(({ id, stage, verdictAt }) => ({ id, verdict: { kind, stage }, verdictAt }))
}

/** Notes that somebody is told. @returns whether this call is the one that tells */
export async function claimAlert(handshake: TroubledHandshake): Promise<boolean> {
  const { count } = await (await prisma()).handshakeAlert.createMany({
    data: [{ handshakeId: handshake.id, verdict: alertKey(handshake) }],
    skipDuplicates: true,
  })
  return count === 1
}
