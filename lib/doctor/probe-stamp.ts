import 'server-only'
import { timingSafeEqual } from 'node:crypto'
import { keyedHash } from '@/lib/config/secrets'

/** The header by which a question that this server asked itself is known when it comes back. */
export const probeStampHeader = 'x-portico-probe'

/** A question is back within seconds; later, somebody repeats what a proxy has logged. */
const goodForMs = 60_000

const seal = (at: string): string => keyedHash('self-probe', at)

/** What proves that a question is this server's own, or of an instance that shares its secret. */
export const newProbeStamp = (now: number): string => `${now}.${seal(String(now))}`

/** Whether a stamp is one of {@link newProbeStamp}, and fresh. */
export function isProbeStamp(stamp: string, now: number): boolean {
  const [at = '', sealed = ''] = stamp.split('.')
  if (!/^\d{1,15}$/.test(at) || Math.abs(now - Number(at)) > goodForMs) return false
  const [given, right] = [Buffer.from(sealed), Buffer.from(seal(at))]
  return given.byteLength === right.byteLength && timingSafeEqual(given, right)
}
