import type { NewEvent } from '@/lib/events/fields'
import type { StageId, Surface, Verdict } from '@/lib/handshake/handshake'
import type { Lane } from '@/lib/handshake/lane'
import { processWide } from '@/lib/process-wide'
import type { Exchange } from '@/lib/recorder/request'

/**
 * What happens in this process, told to whoever measures it. Where nobody does, which is the usual
 * case, a signal costs a look at a set that is empty.
 */

/** An MCP message that was answered. Nothing here is checked: it is what the client sent. */
export type McpOperation = {
  readonly method: string
  /** name of the tool or prompt, or URI of the resource, that it is about */
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

/** A request that was answered: a stream that stays open when it began, any other when it ended. */
export type EndedExchange = {
  /** name of the endpoint */
  readonly endpoint: string
  readonly exchange: Exchange
  readonly status: number
  readonly durationMs: number
  readonly mcp: McpOperation | null
}

/** How a handshake went on. */
export type HandshakeProgress = {
  readonly id: string
  readonly surface: Surface
  readonly lane: Lane
  /** `null` where it is what it was */
  readonly verdict: Verdict['kind'] | null
  /** steps that it has reached since, and how long each took after the one before */
  readonly reached: readonly { readonly stage: StageId; readonly ms: number }[]
}

/** What is told, by its name. */
export type Signals = {
  /** an event was recorded */
  readonly event: NewEvent
  readonly exchange: EndedExchange
  readonly handshake: HandshakeProgress
  /** events were joined to handshakes, or another instance is at it */
  readonly turn: { readonly result: 'joined' | 'busy' | 'failed'; readonly ms: number }
  /** a session of MCP was ended */
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

/** Whether anybody listens, for what takes work to tell. */
export const isHeard = (name: keyof Signals): boolean => hub[name].size > 0

/** Tells whoever listens; one that fails disturbs nobody. */
export function tell<Name extends keyof Signals>(name: Name, signal: Signals[Name]): void {
  for (const listener of hub[name]) {
    try {
      listener(signal)
    } catch {
      // what is measured matters more than the measuring
    }
  }
}

/** Calls `listener` for each signal of that name. */
export function listen<Name extends keyof Signals>(name: Name, listener: Listener<Name>): void {
  hub[name].add(listener)
}
