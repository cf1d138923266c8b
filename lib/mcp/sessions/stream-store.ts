import 'server-only'
import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server'
import { GroupWriter } from '@/lib/mcp/group-writer'
import { processWide } from '@/lib/process-wide'
import { afterAnswer } from '@/lib/runtime/after'
import { logFailure } from '@/lib/store/database/availability'
import {
  appendStandalone,
  insertStreamEvents,
  type NewStreamEvent,
  standaloneStream,
} from '@/lib/store/mcp/streams'
import { eventIdOf } from './event-ids'

/** The SDK's name of the GET stream, in every session. */
const sdkStandalone = '_GET_stream'

const writer = processWide('mcp-stream-events', () => new GroupWriter(insertStreamEvents))

/** Resolves when all events so far were written. */
export const settleStreamEvents = (): Promise<void> => writer.settled()

const report = (error: unknown): void => logFailure('mcp stream event', error)

/** The unanswered requests of each POST; the last answer ends its stream. */
export class OpenRequests {
  readonly #groups = new Map<unknown, { left: number }>()

  /** How many requests have no answer yet. */
  get size(): number {
    return this.#groups.size
  }

  /** @param ids of the requests in one POST */
  begin(ids: readonly unknown[]): void {
    const group = { left: ids.length }
    for (const id of ids) this.#groups.set(id, group)
  }

  /** @param ids of requests that will have no answer of their own */
  abandon(ids: readonly unknown[]): void {
    for (const id of ids) this.#groups.delete(id)
  }

  has(id: unknown): boolean {
    return this.#groups.has(id)
  }

  /** @returns whether this message answers the last request of its POST */
  answer(message: JSONRPCMessage): boolean {
    if ('method' in message || !('id' in message)) return false
    const group = this.#groups.get(message.id)
    this.#groups.delete(message.id)
    if (!group) return false
    group.left -= 1
    return group.left === 0
  }
}

/**
 * Stores the events of one session's streams. An event is written while it is sent: the client does
 * not wait for the write. The GET stream is served from the rows only.
 */
export class StreamStore implements EventStore {
  readonly requests = new OpenRequests()
  /** set while `initialize` is replayed, whose events are already stored */
  isReplaying = false
  readonly #sequences = new Map<string, number>()

  constructor(readonly sessionId: string) {}

  async storeEvent(sdkStream: string, message: JSONRPCMessage): Promise<string> {
    if (sdkStream === sdkStandalone) {
      await appendStandalone(this.sessionId, JSON.stringify(message))
      return ''
    }
    const seq = this.#sequences.get(sdkStream) ?? 0
    const final = this.requests.answer(message)
    if (final) this.#sequences.delete(sdkStream)
    else this.#sequences.set(sdkStream, seq + 1)
    const text = 'jsonrpc' in message ? JSON.stringify(message) : null
    if (!this.isReplaying) {
      this.#write({ sessionId: this.sessionId, streamId: sdkStream, seq, message: text, final })
    }
    return eventIdOf({ streamId: sdkStream, position: BigInt(seq) })
  }

  #write(event: NewStreamEvent): void {
    afterAnswer(() => writer.add(event).catch(report))
  }

  /** Any instance resumes streams from the rows; the SDK is never asked to. */
  replayEventsAfter(): Promise<string> {
    return Promise.reject(new TypeError(`streams are resumed from "${standaloneStream}" rows`))
  }
}
