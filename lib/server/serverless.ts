import 'server-only'
import { queueAlertsOfTrouble } from '@/lib/alerts/sender'
import { createAdminFromSettings, setupLink } from '@/lib/auth/setup'
import { env } from '@/lib/config/env'
import { processWide } from '@/lib/process-wide'
import { ownExchange } from '@/lib/recorder/exchange'
import { onWritten } from '@/lib/recorder/queue'
import { record } from '@/lib/recorder/recorder'
import { isAwayError, isUnavailable } from '@/lib/runtime/database-errors'
import { logError, logInfo, logWarning } from '@/lib/runtime/log'
import { version } from '@/lib/runtime/version'
import { muteAway, softenAll } from '@/lib/server/shield'
import { databaseKind } from '@/lib/store/database/database'
import { loadSettings } from '@/lib/store/settings/current'
import { readSetting, writeSetting } from '@/lib/store/settings/settings'
import { startTelemetry } from '@/lib/telemetry/start'
import { catchUpAfter } from './catch-up'

const deploymentKey = 'deployment'

/** Records the start of a deployment, not of each of its functions. */
async function noteDeployment(): Promise<void> {
  const { deployment, isPreview, origin } = env()
  const known = await readSetting(deploymentKey)
  if (known === deployment) return
  if (isPreview) {
    if (known !== null) {
      logWarning(
        `this preview (${origin}) uses the database of another deployment (${known}): who signs in, what is allowed and what is revoked here is so there, too`,
      )
    }
    return
  }
  await writeSetting(deploymentKey, deployment)
  const database = await databaseKind()
  record(ownExchange('START'), 'server.started', undefined, { version, database })
}

const failure = processWide('start-failure', () => ({ logged: '' }))

/** Logs a start failure once, however many requests retry; an unavailable database is logged already. */
function logFailure(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error)
  if (isAwayError(error) || failure.logged === why) return
  failure.logged = why
  logError(`cannot start: ${why}`)
}

/**
 * Opens what a function needs before it answers: database, settings, first admin. Nothing runs between
 * requests, and nothing needs stopping.
 *
 * @throws {Error} with a message an operator can act on, which is also logged
 */
export async function startFunction(): Promise<void> {
  softenAll()
  muteAway(isUnavailable)
  try {
    await startTelemetry()
    await databaseKind()
    await Promise.all([loadSettings(), createAdminFromSettings()])
    const link = await setupLink()
    if (link) logInfo(`make the first admin, once, at: ${link}`)
    onWritten(catchUpAfter)
    queueAlertsOfTrouble()
    await noteDeployment()
  } catch (error) {
    logFailure(error)
    throw error
  }
}
