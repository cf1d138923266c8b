import type { EventName } from '@/lib/events/catalogue'
import type { EventFacts } from '@/lib/events/fields'
import type { ListedSession } from '@/lib/store/grants/usage'

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
  readonly handshakeId?: string | null | undefined
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
