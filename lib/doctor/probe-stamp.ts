import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import { constantTimeEqual } from '@/lib/oauth/secret'

/** The header that marks this server's own probes. */
export const probeStampHeader = 'x-portico-probe'

/** A probe arrives within seconds; a later stamp is a replay, for example from a proxy's log. */
const goodForMs = 60_000

const seal = (at: string): string => keyedHash('self-probe', at)

/** A stamp that proves that a probe comes from this server, or an instance with the same secret. */
export const newProbeStamp = (now: number): string => `${now}.${seal(String(now))}`

/** Whether a stamp is from {@link newProbeStamp} and fresh. */
export function isProbeStamp(stamp: string, now: number): boolean {
  const [at = '', sealed = ''] = stamp.split('.')
  if (!/^\d{1,15}$/.test(at) || Math.abs(now - Number(at)) > goodForMs) return false
  return constantTimeEqual(sealed, seal(at))
}
