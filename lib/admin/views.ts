import type { ProbeAnswer } from '@/lib/diagnosis/facts'
import type { Finding } from '@/lib/diagnosis/finding'
import type { EventName } from '@/lib/events/catalogue'
import type { EventFacts } from '@/lib/events/fields'
import type { ListedSession } from '@/lib/store/grants/usage'
import type { ConnectionRow } from './connections/rows'
import type { Attention, HoldingBack, Traffic, VerdictCounts } from './overview/views'

/**
 * The dashboard's data: plain, safe to pass to a component. Times are ISO 8601 in UTC. No field contains
 * a token, a hash or a secret.
 */

/** One page of a list; `next` and `previous` are opaque cursors for the `cursor` query parameter. */
export type PageOf<Row> = {
  readonly rows: readonly Row[]
  readonly next: string | null
  readonly previous: string | null
}

/** A row of a live list. The page and the stream carry the same: dates as ISO 8601 in UTC. */
export type AsJson<Row> = {
  readonly [Name in keyof Row]: Date extends Row[Name]
    ? Exclude<Row[Name], Date> | string
    : Row[Name]
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
  /** how many requests it represents */
  readonly count: number
  /** the time of the last of several */
  readonly lastAt: string | null
  /** the attempt it belongs to; absent if not looked up, as in the live stream */
  readonly handshakeId?: string | null
}

/** The URL query of the log. */
export type LogQuery = {
  readonly q?: string
  readonly event?: string
  readonly outcome?: string
  readonly client?: string
  readonly grant?: string
  readonly user?: string
  readonly address?: string
  /** prefix of the path */
  readonly path?: string
  /** `yes`: only events that represent several requests */
  readonly repeated?: string
  readonly cursor?: string
}

export type LogPage = PageOf<EventRow> & {
  /** where the live stream resumes */
  readonly cursor: string
  /** how far back a rare match was searched; `null` when the page is full or the log at its end */
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

/** A finding with its sources; `id` is the rule's. */
export type FindingRow = Omit<Finding, 'rule'> & {
  readonly id: string
  readonly sources: readonly string[]
}

/** One request of the self-probe, and its answer. */
export type ProbeRow = Pick<
  ProbeAnswer,
  'target' | 'method' | 'url' | 'userAgent' | 'status' | 'error' | 'durationMs'
> & {
  readonly contentType: string | null
  readonly location: string | null
  /** `WWW-Authenticate` */
  readonly challenge: string | null
  /** whether a client can use the answer */
  readonly right: boolean
}

/** This server as seen from outside. */
export type SelfCheckView = {
  readonly origin: string
  readonly mcpUrl: string
  /** `null` before the first check since the start */
  readonly checkedAt: Date | null
  readonly addresses: readonly string[]
  readonly looks: readonly ProbeRow[]
  readonly findings: readonly FindingRow[]
}
