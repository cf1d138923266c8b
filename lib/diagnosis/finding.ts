import type { Handshake } from '@/lib/handshake/handshake'
import type { Facts } from './facts'

/** `confirmed`: the evidence leaves no other cause. `likely`: it fits best. `possible`: unproven. */
export type Confidence = 'confirmed' | 'likely' | 'possible'

/** One thing to do. `where` names product and switch when the step is outside Portico. */
export type FixStep = { readonly text: string; readonly where?: string; readonly code?: string }

/** A cause that a rule found. */
export type Finding = {
  /** id of the rule, that of the catalogue of failure modes */
  readonly rule: string
  readonly confidence: Confidence
  /** in the operator's words, one sentence */
  readonly title: string
  readonly explanation: string
  /** ids of events; empty when the evidence is no event */
  readonly evidence: readonly string[]
  /** other observations, one sentence each */
  readonly observations: readonly string[]
  readonly fix: readonly FixStep[]
  /** how to check that the fix worked */
  readonly verify: string
}

/** A cause that Portico can detect: one file per rule in lib/diagnosis/rules, named by its id. */
export type Rule = {
  readonly id: string
  /** the symptom as operators word it */
  readonly symptom: string
  /** where the claim comes from: threads, documents, specification sections */
  readonly sources: readonly string[]
  /** an unproven explanation that operators share: it is never the first finding */
  readonly theory?: true
  /**
   * Judges one handshake, or with `handshake: null` only the server itself.
   *
   * @param now milliseconds since the epoch
   */
  readonly judge: (handshake: Handshake | null, facts: Facts, now: number) => Finding | null
}
