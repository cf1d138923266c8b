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
  /** the proxy has a fault from the beginning */
  readonly fault?: Fault
  /** what happened before, left out of the recording */
  readonly before?: (world: World) => Promise<unknown>
  /** may throw: the client gives up */
  readonly run: (world: World) => Promise<unknown>
  /** facts that differ from the defaults */
  readonly facts?: (facts: Facts) => Facts
}

/** No self-check was possible, or it did not take the clients' path. */
export const noProbe = (facts: Facts): Facts => ({ ...facts, probe: null })
