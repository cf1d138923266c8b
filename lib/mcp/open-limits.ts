import 'server-only'
import { env } from '@/lib/config/env'
import { type Seat, takeSeats } from '@/lib/http/seats'
import type { McpCaller } from './caller'

/**
 * Limits of what may be open at once on each instance. Clients open one stream, or several when they
 * lose track (Gemini CLI was seen with 117); without a limit one token could hold every socket.
 */

/** What is open: a long-lived stream, the answer to a POST, or a large body that is arriving. */
export type Opened = 'streams' | 'answers' | 'bodies'

/** Which limit is reached: of what, and whose. */
export type Full = { readonly opened: Opened; readonly of: 'connection' | 'person' | 'server' }

/** A person has several clients, most of them idle. */
const perPerson = 2
/** Requests in progress; no client needs so many, and a tool may take minutes. Large bodies are up to 4 MiB. */
const mostOfConnection = { answers: 256, bodies: 8 } as const
/** The last limit, before the process runs out of memory or sockets. */
const mostInAll: Readonly<Record<Opened, number>> = {
  streams: 10_000,
  answers: 10_000,
  bodies: 32,
}

/**
 * Takes a seat for one more.
 *
 * @returns releases the seat; or why there is none
 */
export function takeSeat(opened: Opened, { grantId, userId }: McpCaller): (() => void) | Full {
  const most = opened === 'streams' ? env().streamsPerConnection : mostOfConnection[opened]
  const seats: Record<Full['of'], Seat> = {
    connection: { key: grantId, most },
    person: { key: userId, most: most * perPerson },
    server: { key: '', most: mostInAll[opened] },
  }
  const taken = takeSeats(opened, [seats.connection, seats.person, seats.server])
  if (typeof taken === 'function') return taken
  const of =
    taken === seats.connection ? 'connection' : taken === seats.person ? 'person' : 'server'
  return { opened, of }
}
