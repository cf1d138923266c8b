import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { HandshakeEvent } from '@/lib/handshake/handshake'
import { handshakeEvent } from '../handshakes/handshake-event'

/** Recordings of unmodified clients, with shortened ids. */

const folder = path.join(import.meta.dirname, '../../handshake/recorded')

type Id = 'clientId' | 'interactionId' | 'grantId' | 'userId'
type Line = Pick<
  HandshakeEvent,
  'name' | 'outcome' | 'method' | 'path' | 'status' | 'address' | 'userAgent' | 'detail'
> &
  Partial<Pick<HandshakeEvent, Id>> & {
    /** milliseconds after the first */
    readonly after: number
    /** lines of one request share a number */
    readonly request: number
  }

/** The names of the recordings. */
export const recordedClients: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''))
  .sort()

/** Ids of this run; URLs of metadata documents stay. */
function ownIds(line: Pick<Line, Id>, key: string): Partial<Pick<HandshakeEvent, Id>> {
  const own = (id: string | null | undefined) =>
    id === undefined || id === null || id.startsWith('https://') ? (id ?? null) : `${id}_${key}`
  return {
    clientId: own(line.clientId),
    interactionId: own(line.interactionId),
    grantId: own(line.grantId),
  }
}

/**
 * The events of one recorded client, moved to another time.
 *
 * @param key distinguishes this run's ids from others
 * @param at milliseconds since the epoch
 */
export function recordedRun(name: string, key: string, at: number): HandshakeEvent[] {
  const lines: Line[] = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'))
  return lines.map(({ after, request, ...line }) =>
    handshakeEvent(line.name, at + after, {
      ...line,
      ...ownIds(line, key),
      requestId: `${key} ${request}`,
    }),
  )
}
