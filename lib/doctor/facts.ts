import 'server-only'
import { env } from '@/lib/config/env'
import type { Facts, Probe } from '@/lib/diagnosis/facts'
import { clockSkewOf } from '@/lib/doctor/clock'
import { forwardingSeen } from '@/lib/doctor/forwarding'
import { neededServers } from '@/lib/doctor/needed-servers'
import { lastProbe, probeAgain } from '@/lib/doctor/self-probe'
import { afterAnswer } from '@/lib/runtime/after'
import { logError } from '@/lib/runtime/log'
import { startedAt } from '@/lib/runtime/version'
import { instancesApart } from '@/lib/store/database/clocks'
import { databaseKind, databaseSettings } from '@/lib/store/database/database'
import { claudeUserSeenAt, edgeMarksSeen } from '@/lib/store/events/sightings'
import { settings } from '@/lib/store/settings/current'
import { claimTurn, readSetting, writeSetting } from '@/lib/store/settings/settings'

/** What the rules are told about a handshake besides its events. */
export type Circumstances = {
  /** milliseconds since the epoch when it began */
  readonly startedAt: number
  /** how many handshakes of other clients ended at the same stage within the last hour */
  readonly failingAlike: number
}

/** How old a look may be that a handshake is judged by: rules of edges are switched within minutes. */
const freshMs = 5 * 60_000
/** A look takes ten seconds at most. */
const probeIntervalMs = 30_000

const probeKey = 'self-probe'

/** Functions know nothing of one another, and each question is a request to another one. */
const mayProbe = async (): Promise<boolean> =>
  !env().isServerless || claimTurn('self-probe.turn', new Date(), probeIntervalMs)

/** Looks at this server from outside, now. Functions keep what they saw for one another. */
export async function probeNow(): Promise<Probe> {
  const { origin, mcpUrl, isServerless } = env()
  const probe = await probeAgain(origin, mcpUrl, neededServers())
  if (isServerless) await writeSetting(probeKey, JSON.stringify(probe))
  return probe
}

/** The newest look from outside that is known; `null` while there was none. */
export async function newestProbe(): Promise<Probe | null> {
  if (!env().isServerless) return lastProbe()
  const stored = await readSetting(probeKey)
  return stored === null ? lastProbe() : (JSON.parse(stored) as Probe)
}

/** Renews the look in the background, for the next time it is asked for. */
function renew(): void {
  afterAnswer(() => probeInTurn().catch((error: Error) => logError(`self-probe: ${error.message}`)))
}

/** Looks from outside unless somebody else has begun to, a moment ago. */
export async function probeInTurn(): Promise<void> {
  if (await mayProbe()) await probeNow()
}

/** Whether a look is too old to judge a handshake by. @param now milliseconds since the epoch */
export const isStale = (probe: Probe | null, now: number): boolean =>
  !probe || now - probe.at > freshMs

/**
 * Gathers what is known of this server beyond the events of one handshake. It waits for no network:
 * the look from outside is the newest there is, and an old one is renewed for the next time.
 *
 * @param handshake `null` for the server itself
 */
export async function gatherFacts(handshake: Circumstances | null): Promise<Facts> {
  const { origin, mcpUrl, proxyHops, hasDisk, isServerless } = env()
  const { lifetimes } = settings()
  const probe = await newestProbe()
  if (handshake && isStale(probe, Date.now())) renew()
  const [seenAt, seenBefore, edgeMarks, kind, clocksApart, settingsOf] = await Promise.all([
    claudeUserSeenAt(),
    handshake ? claudeUserSeenAt(new Date(handshake.startedAt)) : null,
    edgeMarksSeen(),
    databaseKind(),
    handshake ? [] : instancesApart(),
    handshake ? null : databaseSettings(),
  ])
  return {
    origin,
    mcpUrl,
    probe,
    claudeUserSeen: seenAt !== null,
    claudeUserLastSeenAt: handshake ? seenBefore : seenAt,
    edgeMarks,
    forwarding: forwardingSeen(),
    failingAlike: handshake?.failingAlike ?? 0,
    clockSkewMs: probe && clockSkewOf(probe),
    clocksApart,
    ...(settingsOf ? { databaseSettings: settingsOf } : {}),
    // a function that woke is no server that was restarted
    startedAt: isServerless ? null : startedAt().getTime(),
    settings: {
      proxyHops,
      accessTokenSeconds: lifetimes.accessToken,
      refreshIdleSeconds: lifetimes.refreshIdle,
      databaseKind: kind,
      hasDisk,
    },
  }
}
