import 'server-only'
import type { Facts } from '@/lib/diagnosis/facts'
import { clockSkewOf } from '@/lib/doctor/clock'
import { lastProbe, probeAgain } from '@/lib/doctor/self-probe'
import { env } from '@/lib/env'
import { settings } from '@/lib/settings'
import { databaseKind } from '@/lib/store/database'
import { claudeUserSeenAt, edgeMarksSeen } from '@/lib/store/sightings'
import { startedAt } from '@/lib/version'

/** What the rules are told about a handshake besides its events. */
export type Circumstances = {
  /** milliseconds since the epoch when it began */
  readonly startedAt: number
  /** how many handshakes of other clients ended at the same stage within the last hour */
  readonly failingAlike: number
}

/** How old a look may be that a handshake is judged by: rules of edges are switched within minutes. */
const freshMs = 5 * 60_000

/** Renews the look in the background, for the next time it is asked for. */
function renew(): void {
  const { origin, mcpUrl } = env()
  probeAgain(origin, mcpUrl).catch((error: Error) => console.error(`self-probe: ${error.message}`))
}

/**
 * Gathers what is known of this server beyond the events of one handshake. It waits for no network:
 * the look from outside is the newest there is, and an old one is renewed for the next time.
 *
 * @param handshake `null` for the server itself
 */
export async function gatherFacts(handshake: Circumstances | null): Promise<Facts> {
  const { origin, mcpUrl, proxyHops, hasDisk } = env()
  const { lifetimes } = settings()
  const probe = lastProbe()
  if (handshake && (!probe || Date.now() - probe.at > freshMs)) renew()
  const [seenAt, seenBefore, edgeMarks, kind] = await Promise.all([
    claudeUserSeenAt(),
    handshake ? claudeUserSeenAt(new Date(handshake.startedAt)) : null,
    edgeMarksSeen(),
    databaseKind(),
  ])
  return {
    origin,
    mcpUrl,
    probe,
    claudeUserSeen: seenAt !== null,
    claudeUserLastSeenAt: handshake ? seenBefore : seenAt,
    edgeMarks,
    failingAlike: handshake?.failingAlike ?? 0,
    clockSkewMs: probe && clockSkewOf(probe),
    startedAt: startedAt().getTime(),
    settings: {
      proxyHops,
      accessTokenSeconds: lifetimes.accessToken,
      refreshIdleSeconds: lifetimes.refreshIdle,
      databaseKind: kind,
      hasDisk,
    },
  }
}
