import type { Caller } from './caller'
import type { MessageFacts } from './message'
import type { Full } from './open-limits'

/** An authenticated MCP request. */
export type Incoming = {
  readonly request: Request
  /** the parsed body, or `undefined` where there is none or it is not JSON */
  readonly body: unknown
  readonly facts: MessageFacts
  readonly caller: Caller
  /** when it arrived */
  readonly at: Date
}

/** An answer, and what is to be recorded of it. */
export type Served = {
  readonly response: Response
  /** public id of the session it belongs to */
  readonly sessionId?: string
  /** set where the answer is a stream that stays open; `answer` is that of a POST, resumed */
  readonly stream?: 'standalone' | 'listen' | 'answer'
  /** whether it says that a stream which was to be resumed had been read to its end */
  readonly isFinished?: true
  /** to be called when that stream has ended, whoever ended it */
  readonly ended?: () => void
  /** ends that stream */
  readonly stop?: AbortSignal
}

/** An answer, or why nothing more may be opened. */
export type ServedOrFull = Served | { readonly full: Full }
