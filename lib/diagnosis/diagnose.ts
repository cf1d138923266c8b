import type { Handshake } from '@/lib/handshake/handshake'
import type { Facts } from './facts'
import type { Confidence, Finding, Rule } from './finding'
import { rules } from './rule-list'

/** Most certain first. */
const ranks: Record<Confidence, number> = { confirmed: 0, likely: 1, possible: 2 }

/** By confidence; equals stay in the order of the rule list. */
const bySurety = (one: Finding, other: Finding): number =>
  ranks[one.confidence] - ranks[other.confidence]

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
  const findingsOf = (some: readonly Rule[]): Finding[] =>
    some.flatMap((rule) => rule.judge(handshake, facts, now) ?? [])
  const proven = findingsOf(list.filter(({ theory }) => !theory)).sort(bySurety)
  const theories = proven.length > 0 ? findingsOf(list.filter(({ theory }) => theory)) : []
  return [...proven, ...theories]
}
