import 'server-only'
import { diagnose } from '@/lib/diagnosis/diagnose'
import { rules } from '@/lib/diagnosis/rule-list'
import { gatherFacts } from '@/lib/facts'
import type { Handshake } from '@/lib/handshake/handshake'
import { countFailingAlike } from '@/lib/store/handshake-counts'
import type { FindingRow } from './views'

/** Attempts that end alike within this time have one cause. */
const alikeWithinMs = 3_600_000

function failingAlike({ verdict, clientId }: Handshake, now: number): Promise<number> | number {
  if (verdict.kind !== 'stalled' && verdict.kind !== 'failed') return 0
  return countFailingAlike(verdict.stage, clientId, new Date(now - alikeWithinMs))
}

/**
 * What is wrong with a handshake, likeliest first; whoever calls has asked who reads it.
 *
 * @param now milliseconds since the epoch
 */
export async function findingsOf(handshake: Handshake, now: number): Promise<FindingRow[]> {
  const facts = await gatherFacts({
    startedAt: handshake.startedAt,
    failingAlike: await failingAlike(handshake, now),
  })
  return diagnose(handshake, facts, now).map(({ rule, ...finding }) => ({
    ...finding,
    id: rule,
    sources: rules.find(({ id }) => id === rule)?.sources ?? [],
  }))
}
