/** What the first page shows beside its numbers; plain data, safe to hand to a component. */

/** How long the charts look back. */
export type OverviewRange = '24h' | '7d'

/** What happened in a piece of time. */
export type TrafficBin = {
  /** when it begins */
  readonly at: Date
  readonly calls: number
  /** refused or failed exchanges of every kind */
  readonly errors: number
  /** what 95 of 100 tool calls took at most, in milliseconds; `null` without calls */
  readonly p95: number | null
}

export type Traffic = {
  readonly range: OverviewRange
  /** oldest first */
  readonly bins: readonly TrafficBin[]
  readonly hoursPerBin: number
  readonly calls: number
  readonly errors: number
  readonly p95: number | null
  /** older events are still being counted, so that some are missing */
  readonly behind: boolean
}

/** What an operator should look into. */
export type AttentionKind =
  | 'self-check'
  | 'stalled'
  | 'failed'
  | 'unused'
  | 'refreshes'
  | 'alerts'
  | 'dropped'
  | 'key-age'
  | 'unattended'

/** @property amount how many, or for `key-age` how many days */
export type Attention = { readonly kind: AttentionKind; readonly amount: number }

/** What is kept small at present; lib/store/events/held-back.ts says what each kind is. */
export type HoldingBack = {
  readonly kind: 'folded' | 'pruned' | 'clients' | 'interactions' | 'alerts'
  readonly count: number
  readonly since: Date
}

/** Attempts of the chosen time by verdict. */
export type VerdictCounts = {
  readonly byVerdict: Readonly<Record<string, number>>
  /** there were more than were counted */
  readonly capped: boolean
}
