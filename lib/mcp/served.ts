import type { McpCaller } from './caller'
import type { MessageFacts } from './message'
import type { Full } from './open-limits'

/** An authenticated MCP request. */
export type Incoming = {
  readonly request: Request
  /** the parsed body, or `undefined` when there is none or it is not JSON */
  readonly body: unknown
  readonly facts: MessageFacts
  readonly caller: McpCaller
  /** when it arrived */
  readonly at: Date
}

/** An answer, and what to record about it. */
export type McpAnswer = {
  readonly response: Response
  /** public id of the session it belongs to */
  readonly sessionId?: string
  /** set when the answer is a long-lived stream; `answer` is a resumed answer to a POST */
  readonly stream?: 'standalone' | 'listen' | 'answer'
  /** set when the stream to resume had already been read to its end */
  readonly isFinished?: true
  /** to be called when the stream has ended, on either side */
  readonly ended?: () => void
  /** ends the stream */
  readonly stop?: AbortSignal
}

/** An answer, or why nothing more may be opened. */
export type ServedOrFull = McpAnswer | { readonly full: Full }
