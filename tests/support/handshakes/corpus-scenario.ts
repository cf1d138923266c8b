import type { Facts } from '@/lib/diagnosis/facts'
import type { Identification } from '@/lib/handshake/handshake'
import type { Fault } from '../network/faulty-proxy'
import type { StoredStream } from './corpus-stream'
import type { World } from './corpus-world'

/** Something that is recorded once. */
export type Scenario = Pick<StoredStream, 'stream' | 'mode' | 'how'> & {
  readonly produced?: StoredStream['produced']
  readonly handshakes?: number
  readonly judged?: StoredStream['judged']
  readonly known?: Identification
  /** how long after the last event it is judged, in milliseconds */
  readonly after?: number
  /** what stands in front of the server is at fault from the beginning */
  readonly fault?: Fault
  /** what happened before, and is no part of what is recorded */
  readonly before?: (world: World) => Promise<unknown>
  /** a client that gives up throws, as it should */
  readonly run: (world: World) => Promise<unknown>
  /** what is known besides, where it is not the usual */
  readonly facts?: (facts: Facts) => Facts
}

/** Nobody could look from outside, or the look did not take the way that clients take. */
export const unlooked = (facts: Facts): Facts => ({ ...facts, probe: null })
