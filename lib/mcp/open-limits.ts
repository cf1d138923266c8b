import 'server-only'
import { env } from '@/lib/config/env'
import { type Seat, takeSeats } from '@/lib/http/seats'
import type { Caller } from './caller'

/**
 * How much may be open at once, on each instance. Clients open one stream, a few where they lose
 * track of them (Gemini CLI was seen with 117); without a bound one token could hold every socket.
 */

/** What is open: a stream that stays open, the answer to a POST, or a large body that arrives. */
export type Opened = 'streams' | 'answers' | 'bodies'

/** Why nothing more may be opened: whoever it is of holds as much as they may. */
export type Full = { readonly opened: Opened; readonly of: 'connection' | 'person' | 'server' }

/** A person has several clients, most of them idle. */
const perPerson = 2
/** Requests under way: nobody waits for so many, and a tool may take minutes. A large body is 4 MiB at most. */
const mostOfConnection = { answers: 256, bodies: 8 } as const
/** The last line, before the process has no more memory or sockets to give. */
const mostInAll: Readonly<Record<Opened, number>> = {
  streams: 10_000,
  answers: 10_000,
  bodies: 32,
}

/**
 * Takes room for one more.
 *
 * @returns gives it back; or why there is none
 */
export function takeRoom(opened: Opened, { grantId, userId }: Caller): (() => void) | Full {
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
