import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStreams } from '@/lib/mcp/sessions/open-streams'
import { processWide } from '@/lib/process-wide'
import { waitingEvents } from '@/lib/recorder/queue'
import { droppedEvents } from '@/lib/recorder/writer'
import { version } from '@/lib/runtime/version'
import { databaseKind } from '@/lib/store/database/database'
import { isListening } from '@/lib/store/database/notifications'
import { poolState, readVitalSigns, type VitalSigns } from '@/lib/store/database/vital-signs'
import type { LabelsOf, MetricName, Reading } from './metric-table'

/** More frequent scrapes get the last readings. */
const freshMs = 5000
/** An unavailable database must not delay a scrape. */
const patienceMs = 2000

type Seen = { readonly at: number; readonly signs: VitalSigns }

const held = processWide(
  'vital signs',
  (): { last: Seen | null; running: Promise<Seen> | null } => ({
    last: null,
    running: null,
  }),
)

const ask = (): Promise<Seen> => {
  held.running ??= readVitalSigns()
    .then((signs) => {
      held.last = { at: Date.now(), signs }
      return held.last
    })
    .finally(() => {
      held.running = null
    })
  return held.running
}

/** Returns `null` if the work fails or takes too long. */
const inTime = <Result>(work: Promise<Result>, ms: number): Promise<Result | null> =>
  Promise.race([work.catch(() => null), sleep(ms, null, { ref: false })])

async function vitalSigns(ms: number): Promise<VitalSigns | null> {
  if (held.last && Date.now() - held.last.at < freshMs) return held.last.signs
  return (await inTime(ask(), ms))?.signs ?? null
}

const reading = <Name extends MetricName>(
  name: Name,
  value: number,
  labels: LabelsOf<Name>,
): Reading => ({ name, value, labels })

async function ofDatabase(ms: number): Promise<Reading[]> {
  const [pool, signs, database] = await Promise.all([
    inTime(poolState(), ms),
    vitalSigns(ms),
    inTime(databaseKind(), ms),
  ])
  const build = { version, node_version: process.version, database: database ?? 'unknown' }
  const readings = [
    reading('portico_build_info', 1, build),
    reading('portico_database_up', signs ? 1 : 0, {}),
  ]
  if (pool) {
    const { total, idle, waiting } = pool
    readings.push(
      reading('portico_database_connections', idle, { state: 'idle' }),
      reading('portico_database_connections', total - idle, { state: 'used' }),
      reading('portico_database_waiting', waiting, {}),
    )
  }
  if (!signs) return readings
  const { joinerLag, liveSessions, signingKeySince } = signs
  readings.push(reading('portico_joiner_lag_seconds', joinerLag, {}))
  readings.push(reading('portico_live_sessions', liveSessions, {}))
  if (signingKeySince) {
    const age = (Date.now() - signingKeySince.getTime()) / 1000
    readings.push(reading('portico_signing_key_age_seconds', age, {}))
  }
  return readings
}

/**
 * Reads the metrics that are not counted; leaves out what the database does not return in time.
 *
 * @param patience in milliseconds, if the caller has less than the usual
 */
export async function takeReadings(patience = patienceMs): Promise<Reading[]> {
  return [
    reading('portico_events_dropped_total', droppedEvents(), {}),
    reading('portico_events_waiting', waitingEvents(), {}),
    reading('portico_database_listening', isListening() ? 1 : 0, {}),
    reading('portico_open_streams', openStreams().length, {}),
    ...(await ofDatabase(Math.min(patience, patienceMs))),
  ]
}
