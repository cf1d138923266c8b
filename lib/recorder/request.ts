import type { Ids, RequestFacts } from '@/lib/events/fields'

/** One request and what is known of it; every event of it is described through this. */
export type Exchange = RequestFacts & {
  readonly requestId: string
  readonly startedAt: Date
  readonly startedMs: number
  readonly method: string
  /** without the query and without the secret of a link */
  readonly path: string
  readonly ids: Ids
  /** W3C Trace Context, where somebody makes traces */
  readonly traceparent: string | null
  readonly tracestate: string | null
  /** whether it is over only when its answer has been sent to the end */
  endsLater: boolean
  /** events written so far, so that no exchange goes unrecorded */
  recorded: number
}
