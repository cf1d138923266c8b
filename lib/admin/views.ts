import type { ProbeAnswer } from '@/lib/diagnosis/facts'
import type { Finding } from '@/lib/diagnosis/finding'
import type { EventName } from '@/lib/events/catalogue'
import type { EventFacts } from '@/lib/events/fields'
import type { ListedSession } from '@/lib/store/grants/usage'
import type { ConnectionRow } from './connections/rows'
import type { Attention, HoldingBack, Traffic, VerdictCounts } from './overview/views'

/**
 * What the dashboard reads: plain data, safe to hand to a component. Times are ISO 8601 in UTC.
 * No field holds a token, a hash or a secret.
 */

/** One page of a list; `next` and `previous` are opaque cursors for the `cursor` query parameter. */
export type PageOf<Row> = {
  readonly rows: readonly Row[]
  readonly next: string | null
  readonly previous: string | null
}

/** An MCP session. */
export type SessionRow = ListedSession

export type EventRow = Omit<EventFacts, 'name' | 'network'> & {
  /** decimal string of a 64-bit id */
  readonly id: string
  readonly at: string
  readonly name: EventName
  readonly network: 'anthropic' | 'loopback' | 'private' | 'public' | null
  readonly clientName: string | null
  /** how many requests it stands for */
  readonly count: number
  /** when the last of several came */
  readonly lastAt: string | null
  /** the attempt it is part of; absent where nobody looked, as in the live stream */
  readonly handshakeId?: string | null
}

/** Filters of the live log, straight from the URL's query. */
export type EventQuery = {
  readonly q?: string
  readonly event?: string
  readonly outcome?: string
  readonly client?: string
  readonly grant?: string
  readonly user?: string
  readonly address?: string
  /** how the path begins */
  readonly path?: string
  /** `yes`: only what stands for several requests */
  readonly repeated?: string
  readonly cursor?: string
}

export type LogPage = PageOf<EventRow> & {
  /** where the live stream goes on */
  readonly cursor: string
  /** how far back was looked for what is rare; `null` when the page is full or the log at its end */
  readonly lookedBackTo: string | null
}

export type Overview = {
  readonly serverName: string
  readonly version: string
  readonly issuer: string
  readonly mcpUrl: string
  readonly startedAt: Date
  readonly database: 'embedded' | 'postgresql'
  /** `new` in the last seven days */
  readonly connections: { readonly active: number; readonly new: number }
  readonly clients: number
  readonly traffic: Traffic
  readonly verdicts: VerdictCounts
  readonly attention: readonly Attention[]
  readonly holdingBack: readonly HoldingBack[]
  readonly recentConnections: readonly ConnectionRow[]
  readonly recentEvents: readonly EventRow[]
}

/** A cause that a rule found, with where the claim comes from; `id` is the rule's. */
export type FindingRow = Omit<Finding, 'rule'> & {
  readonly id: string
  readonly sources: readonly string[]
}

/** One question that this server asked itself, and its answer. */
export type ProbeRow = Pick<
  ProbeAnswer,
  'target' | 'method' | 'url' | 'userAgent' | 'status' | 'error' | 'durationMs'
> & {
  readonly contentType: string | null
  readonly location: string | null
  /** `WWW-Authenticate` */
  readonly challenge: string | null
  /** whether it is what a client needs */
  readonly right: boolean
}

/** What the world sees of this server. */
export type SelfCheckView = {
  readonly origin: string
  readonly mcpUrl: string
  /** `null` while it was not looked at since the start */
  readonly checkedAt: Date | null
  readonly addresses: readonly string[]
  readonly looks: readonly ProbeRow[]
  readonly findings: readonly FindingRow[]
}
