import type { EventRow } from '@/lib/admin/views'
import type { GoldenStep } from '@/lib/handshake/golden-trace'
import type {
  Era,
  Handshake,
  Identification,
  Stage,
  StageId,
  Surface,
  Verdict,
} from '@/lib/handshake/handshake'

/** How the list of handshakes is asked for, straight from the URL's query. */
export type HandshakeQuery = {
  readonly surface?: string
  /** a kind of verdict, such as `stalled` */
  readonly verdict?: string
  /** the step at which it stands */
  readonly stage?: string
  /** a client id */
  readonly client?: string
  /** a user id */
  readonly user?: string
  /** ISO 8601: started at or after */
  readonly from?: string
  /** ISO 8601: started before */
  readonly to?: string
  /** `yes`: only those whose token was issued and never seen on /mcp */
  readonly unused?: string
  readonly cursor?: string
}

/** A handshake in a list. Times are ISO 8601 in UTC. */
export type HandshakeRow = {
  readonly id: string
  /** the attempt that this one retries */
  readonly retryOf: string | null
  readonly surface: Surface
  readonly identification: Identification | null
  readonly era: Era | null
  readonly clientId: string | null
  readonly clientName: string | null
  readonly userId: string | null
  readonly userEmail: string | null
  readonly interactionId: string | null
  readonly grantId: string | null
  readonly startedAt: string
  readonly lastAt: string
  readonly verdict: Verdict
  /** since when the verdict holds */
  readonly verdictAt: string
  /** the step that is awaited, or at which it ended; `null` when all are done */
  readonly stage: StageId | null
  /** by when that step is due; `null` where a person decides or nothing is awaited */
  readonly dueAt: string | null
  /** a token was issued and no authenticated request has come to /mcp */
  readonly unused: boolean
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

/** One handshake with all that its page shows. */
export type HandshakeView = {
  readonly row: HandshakeRow
  readonly stages: readonly StageView[]
  /** oldest first */
  readonly events: readonly EventRow[]
  /** the same as plain data, for the rules of lib/diagnosis */
  readonly handshake: Handshake
  /** the attempt that retried this one */
  readonly retriedBy: string | null
  readonly golden: readonly GoldenStep[]
  /** the last attempt of the same surface that went well */
  readonly lastGood: ComparedAttempt | null
  /** ISO 8601: the server's clock when this was read, for running clocks */
  readonly now: string
}

/**
 * What `/admin/handshakes/stream` sends as `data`.
 *
 * With the list's filters in the query: `event: handshake` with a {@link HandshakeRow} for each that
 * changed and matches, `event: gone` with a {@link GoneRow} for each that changed and does not.
 * With `id=hs_…`: `event: detail` with a {@link HandshakeView} whenever that one changed, and
 * `event: gone` when its events turned out to be another one's.
 *
 * `Last-Event-ID`, or `after=<cursor>` in the query, says where to go on.
 */
export type HandshakeStreamData = HandshakeRow | GoneRow | HandshakeView

/** A handshake that does not match, or is no more. */
export type GoneRow = { readonly id: string }

/** How well the refresh tokens of a connection do; see lib/handshake/refresh-health.ts. */
export type { RefreshHealth } from '@/lib/handshake/refresh-health'
