import 'server-only'
import { env } from '@/lib/config/env'
import type { Facts, Probe } from '@/lib/diagnosis/facts'
import { clockSkewOf } from '@/lib/doctor/clock'
import { forwardingSeen } from '@/lib/doctor/forwarding'
import { lastProbe, probeAgain } from '@/lib/doctor/self-probe'
import { afterAnswer } from '@/lib/runtime/after'
import { logError } from '@/lib/runtime/log'
import { startedAt } from '@/lib/runtime/version'
import { instancesApart } from '@/lib/store/database/clocks'
import { databaseKind, readDatabaseSettings } from '@/lib/store/database/database'
import { claudeUserSeenAt, edgeMarksSeen } from '@/lib/store/events/sightings'
import { currentSettings } from '@/lib/store/settings/current'
import { claimTurn, readSetting, writeSetting } from '@/lib/store/settings/settings'

/** What the rules know about a handshake besides its events. */
export type Circumstances = {
  /** milliseconds since the epoch when it began */
  readonly startedAt: number
  /** how many handshakes of other clients ended at the same stage within the last hour */
  readonly failingAlike: number
}

/** The maximum age of a probe for judging a handshake: edge rules can change within minutes. */
const freshMs = 5 * 60_000
/** A probe takes ten seconds at most. */
const probeIntervalMs = 30_000

const probeKey = 'self-probe'

/** Serverless instances share no memory, and each request of a probe invokes another one. */
const mayProbe = async (): Promise<boolean> =>
  !env().isServerless || claimTurn('self-probe.turn', new Date(), probeIntervalMs)

/** Probes this server from outside now. Serverless instances share the result in the database. */
export async function probeNow(): Promise<Probe> {
  const probe = await probeAgain()
  if (env().isServerless) await writeSetting(probeKey, JSON.stringify(probe))
  return probe
}

/** The newest probe from outside, or `null`. */
export async function newestProbe(): Promise<Probe | null> {
  if (!env().isServerless) return lastProbe()
  const stored = await readSetting(probeKey)
  return stored === null ? lastProbe() : (JSON.parse(stored) as Probe)
}

/** Probes from outside unless another instance has just started to. */
export async function probeInTurn(): Promise<void> {
  if (await mayProbe()) await probeNow()
}

/** Whether a probe is too old to judge a handshake. @param now milliseconds since the epoch */
export const isStale = (probe: Probe | null, now: number): boolean =>
  !probe || now - probe.at > freshMs

/**
 * Gathers the facts about this server beyond the events of one handshake. It does not wait for the
 * network: it uses the newest probe, and renews a stale one in the background.
 *
 * @param handshake `null` for the server itself
 */
export async function gatherFacts(handshake: Circumstances | null): Promise<Facts> {
  const { origin, mcpUrl, proxyHops, isServerless } = env()
  const { lifetimes } = currentSettings()
  const probe = await newestProbe()
  if (handshake && isStale(probe, Date.now())) {
    afterAnswer(() => probeInTurn().catch((error) => logError(`self-probe: ${error.message}`)))
  }
  const [seenAt, seenBefore, edgeMarks, kind, clocksApart, settingsOf] = await Promise.all([
    claudeUserSeenAt(),
    handshake ? claudeUserSeenAt(new Date(handshake.startedAt)) : null,
    edgeMarksSeen(),
    databaseKind(),
    handshake ? [] : instancesApart(),
    handshake ? null : readDatabaseSettings(),
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
    // a function that starts is not a server restart
    startedAt: isServerless ? null : startedAt().getTime(),
    settings: {
      proxyHops,
      accessTokenSeconds: lifetimes.accessToken,
      databaseKind: kind,
    },
  }
}
