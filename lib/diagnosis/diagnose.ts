import type { Handshake } from '@/lib/handshake/handshake'
import type { Facts } from './facts'
import type { Confidence, Finding, Rule } from './finding'
import { rules } from './rule-list'

/** Most certain first. */
const ranks: Record<Confidence, number> = { confirmed: 0, likely: 1, possible: 2 }

type Judged = { readonly rule: Rule; readonly finding: Finding }

/** By confidence; equals stay in the order of the rule list. */
const bySurety = (one: Judged, other: Judged): number =>
  ranks[one.finding.confidence] - ranks[other.finding.confidence]

/**
 * What is wrong with one handshake, likeliest first; with `null` what is wrong with the server itself.
 * Theories come last, and only after a better finding.
 *
 * @param now milliseconds since the epoch
 */
export function diagnose(
  handshake: Handshake | null,
  facts: Facts,
  now: number,
  list: readonly Rule[] = rules,
): Finding[] {
  const judged = list.flatMap((rule) => {
    const finding = rule.judge(handshake, facts, now)
    return finding ? [{ rule, finding }] : []
  })
  const proven = judged.filter(({ rule }) => !rule.theory).sort(bySurety)
  const theories = proven.length > 0 ? judged.filter(({ rule }) => rule.theory) : []
  return [...proven, ...theories].map(({ finding }) => finding)
}
