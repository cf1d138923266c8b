import 'server-only'
import { diagnose } from '@/lib/diagnosis/diagnose'
import type { Finding } from '@/lib/diagnosis/finding'
import { gatherFacts } from '@/lib/doctor/facts'
import type { Handshake } from '@/lib/handshake/handshake'
import { laneOf } from '@/lib/handshake/lane'
import { countFailingAlike } from '@/lib/store/handshakes/counts'

/** Attempts that fail alike within this time are taken to have one cause. */
const alikeWithinMs = 3_600_000

/** The findings of a handshake, and how many others failed at the same step. */
export type Judged = { readonly findings: readonly Finding[]; readonly alike: number }

const countAlike = (handshake: Handshake, now: number): Promise<number> | number => {
  const { verdict } = handshake
  return verdict.kind === 'stalled' || verdict.kind === 'failed'
    ? countFailingAlike(
        handshake,
        laneOf(handshake.events),
        verdict.stage,
        new Date(now - alikeWithinMs),
      )
    : 0
}

/**
 * Judges a handshake by all facts, likeliest cause first. The caller has checked the reader's permission.
 *
 * @param now milliseconds since the epoch
 */
export async function judge(handshake: Handshake, now: number): Promise<Judged> {
  const alike = await countAlike(handshake, now)
  const facts = await gatherFacts({ startedAt: handshake.startedAt, failingAlike: alike })
  return { findings: diagnose(handshake, facts, now), alike }
}
