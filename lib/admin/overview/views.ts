/** Data of the first page; plain, safe to pass to a component. */

/** The range of the charts. */
export type OverviewRange = '24h' | '7d'

/** The traffic of one bin. */
export type TrafficBin = {
  /** its start */
  readonly at: Date
  readonly calls: number
  /** refused or failed exchanges of every kind */
  readonly errors: number
  /** 95th percentile of tool calls, in milliseconds; `null` without calls */
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
  /** older events are still being counted, so some are missing */
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

/** What is currently limited; lib/store/events/held-back.ts describes the kinds. */
export type HoldingBack = {
  readonly kind: 'folded' | 'pruned' | 'clients' | 'interactions' | 'alerts'
  readonly count: number
  readonly since: Date
}

/** Attempts in the range by verdict. */
export type VerdictCounts = {
  readonly byVerdict: Readonly<Record<string, number>>
  /** there are more than were counted */
  readonly capped: boolean
}
