import type { Ids, RequestFacts } from '@/lib/events/fields'

/** One request and what is known of it; all its events are described with this. */
export type Exchange = RequestFacts & {
  readonly requestId: string
  readonly startedAt: Date
  readonly startedMs: number
  readonly method: string
  /** without the query and without the secret of a link */
  readonly path: string
  readonly ids: Ids
  /** W3C Trace Context, where tracing is on */
  readonly traceparent: string | null
  readonly tracestate: string | null
  /** whether it ends only when its response has been sent completely */
  endsLater: boolean
  /** events written so far, so that no exchange goes unrecorded */
  recorded: number
}
