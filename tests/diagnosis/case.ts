import type { Facts } from '@/lib/diagnosis/facts'
import type { Confidence } from '@/lib/diagnosis/finding'
import type { Handshake } from '@/lib/handshake/handshake'
import { factsOf } from '../support/browser/looks'
import { began } from '../support/handshakes/handshakes'

/** One situation that a rule judges. */
export type Situation = {
  readonly what: string
  readonly handshake: Handshake | null
  readonly facts: Facts
  /** ms after the handshake began */
  readonly now: number
  /** `null`: the rule must not fire */
  readonly expected: Confidence | null
}

/** Situations of one rule: where it fires, and near misses. */
export type RuleCases = { readonly rule: string; readonly situations: readonly Situation[] }

type Given = Partial<Pick<Situation, 'handshake' | 'facts' | 'now'>>

/** Something that a rule must find. */
export const fires = (what: string, expected: Confidence, given: Given): Situation => ({
  what,
  handshake: null,
  facts: factsOf(),
  now: 3_600_000,
  expected,
  ...given,
})

/** Something that a rule must leave alone. */
export const spares = (what: string, given: Given): Situation => ({
  ...fires(what, 'possible', given),
  expected: null,
})

export const timeOf = ({ now }: Situation): number => began + now
