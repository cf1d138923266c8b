import type { AsJson, EventRow } from '@/lib/admin/views'
import type { GoldenStep } from '@/lib/handshake/golden-trace'
import type { Handshake, Stage, StageId } from '@/lib/handshake/handshake'
import type { ListedHandshake } from '@/lib/store/handshakes/handshakes'

/** The URL query of the list of handshakes. */
export type HandshakeQuery = {
  readonly surface?: string
  /** a kind of verdict, such as `stalled` */
  readonly verdict?: string
  /** the current step */
  readonly stage?: string
  /** a client id */
  readonly client?: string
  /** a user id */
  readonly user?: string
  /** ISO 8601: started at or after */
  readonly from?: string
  /** ISO 8601: started before */
  readonly to?: string
  /** `yes`: only those with a token that was never used on /mcp */
  readonly unused?: string
  readonly cursor?: string
}

/** A handshake in a list. */
export type HandshakeRow = AsJson<
  Omit<ListedHandshake, 'retryOfId' | 'connectedAt' | 'changedAt'>
> & {
  /** the attempt that this one retries */
  readonly retryOf: string | null
  readonly userEmail: string | null
}

/** One step of a handshake. */
export type StageView = Omit<Stage, 'at' | 'dueAt'> & {
  readonly at: string | null
  readonly dueAt: string | null
}

/** The steps of another attempt to compare with; offsets in milliseconds after its first event. */
export type ComparedAttempt = {
  readonly id: string
  readonly startedAt: string
  readonly offsets: Readonly<Partial<Record<StageId, number>>>
}

/** A handshake with the data of its page. */
export type HandshakeData = {
  readonly row: HandshakeRow
  readonly stages: readonly StageView[]
  /** oldest first */
  readonly events: readonly EventRow[]
  /** the same as plain data, for the rules of lib/diagnosis */
  readonly handshake: Handshake
  /** the attempt that retried this one */
  readonly retriedBy: string | null
  readonly golden: readonly GoldenStep[]
  /** the last successful attempt of the same surface */
  readonly lastGood: ComparedAttempt | null
  /** ISO 8601: the server's time when this was read, for running clocks */
  readonly now: string
}

/**
 * What `/admin/handshakes/stream` sends as `data`.
 *
 * With the list's filters in the query: `event: handshake` with a {@link HandshakeRow} for each that
 * changed and matches, `event: gone` with a {@link GoneRow} for each that changed and does not.
 * With `id=hs_…`: `event: detail` with a {@link HandshakeData} whenever that one changed, and
 * `event: gone` when its events were joined to another one.
 *
 * `Last-Event-ID`, or `after=<cursor>` in the query, is where to resume.
 */
export type HandshakeStreamData = HandshakeRow | GoneRow | HandshakeData

/** A handshake that does not match the filter or no longer exists. */
export type GoneRow = { readonly id: string }
