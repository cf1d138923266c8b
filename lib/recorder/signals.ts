import type { NewEvent } from '@/lib/events/fields'
import type { StageId, Surface, Verdict } from '@/lib/handshake/handshake'
import type { Lane } from '@/lib/handshake/lane'
import { processWide } from '@/lib/process-wide'
import type { Exchange } from '@/lib/recorder/request'

/**
 * What happens in this process, for whatever measures it. Without listeners, which is the usual case, a
 * signal costs one look at an empty set.
 */

/** An answered MCP message. Nothing here is validated: it is what the client sent. */
export type McpOperation = {
  readonly method: string
  /** name of the tool or prompt, or URI of the resource */
  readonly target: string | null
  readonly revision: string | null
  /** public id of its session, never the one that the client holds */
  readonly sessionId: string | null
  /** `id` of JSON-RPC; `null` for a notification */
  readonly rpcId: string | null
  /** W3C Trace Context of `params._meta` */
  readonly traceparent: string | null
  readonly tracestate: string | null
  readonly isError: boolean
  /** JSON-RPC error code of the answer */
  readonly code: number | null
}

/** An answered request: signalled when a stream that stays open begins, for any other when it ends. */
export type EndedExchange = {
  /** name of the endpoint */
  readonly endpoint: string
  readonly exchange: Exchange
  readonly status: number
  readonly durationMs: number
  readonly mcp: McpOperation | null
}

/** The progress of a handshake. */
export type HandshakeProgress = {
  readonly id: string
  readonly surface: Surface
  readonly lane: Lane
  /** `null` when unchanged */
  readonly verdict: Verdict['kind'] | null
  /** newly reached steps, and how long each took after the one before */
  readonly reached: readonly { readonly stage: StageId; readonly ms: number }[]
}

/** The signals, by name. */
type Signals = {
  /** an event was recorded */
  readonly event: NewEvent
  readonly exchange: EndedExchange
  readonly handshake: HandshakeProgress
  /** events were joined to handshakes, or another instance is joining */
  readonly turn: { readonly result: 'joined' | 'busy' | 'failed'; readonly ms: number }
  /** an MCP session was ended */
  readonly session: { readonly ms: number; readonly revision: string }
}

type Listener<Name extends keyof Signals> = (signal: Signals[Name]) => void
type Hub = { readonly [Name in keyof Signals]: Set<Listener<Name>> }

const hub = processWide(
  'signals',
  (): Hub => ({
    event: new Set(),
    exchange: new Set(),
    handshake: new Set(),
    turn: new Set(),
    session: new Set(),
  }),
)

/** Whether a signal has listeners, for signals that are costly to build. */
export const hasListeners = (name: keyof Signals): boolean => hub[name].size > 0

/** Calls the listeners; one that throws does not affect anything else. */
export function emit<Name extends keyof Signals>(name: Name, signal: Signals[Name]): void {
  for (const listener of hub[name]) {
    try {
      listener(signal)
    } catch {
      // what is measured matters more than the measurement
    }
  }
}

/** Calls `listener` for each signal of that name. */
export function subscribe<Name extends keyof Signals>(name: Name, listener: Listener<Name>): void {
  hub[name].add(listener)
}
