import 'server-only'
import { startAlerts, stopAlerts } from '@/lib/alerts/sender'
import { createAdminFromSettings, setupLink } from '@/lib/auth/setup'
import { type Addresses, describeAddresses } from '@/lib/cli/listen.mjs'
import { adoptConsole } from '@/lib/cli/log.mjs'
import { ConfigurationError, env } from '@/lib/config/env'
import { secretFingerprint } from '@/lib/config/secrets'
import { noticeForwarding, recallForwarding } from '@/lib/doctor/forwarding'
import { checkSelf } from '@/lib/doctor/self-check'
import { presentAddress } from '@/lib/endpoints/addresses'
import { signingKeys } from '@/lib/endpoints/signing-keys'
import { bodyLimit } from '@/lib/http/body-limit'
import { announceToolList } from '@/lib/mcp/bus'
import { subscribeSessions } from '@/lib/mcp/sessions/notifications'
import { releaseStreams } from '@/lib/mcp/sessions/open-streams'
import { settleStreamEvents } from '@/lib/mcp/sessions/stream-store'
import { flushUsage } from '@/lib/mcp/usage'
import { startCounting, stopCounting } from '@/lib/recorder/counter'
import { ownExchange } from '@/lib/recorder/exchange'
import { startJoining, stopJoining } from '@/lib/recorder/joiner'
import { endFolds } from '@/lib/recorder/queue'
import { record } from '@/lib/recorder/recorder'
import { droppedEvents, logUnwritten } from '@/lib/recorder/writer'
import { isUnavailable } from '@/lib/runtime/database-errors'
import { logError, logInfo, logLines } from '@/lib/runtime/log'
import { inRequestScope } from '@/lib/runtime/request-scope'
import { stopStreams } from '@/lib/runtime/stopping'
import { startedAt, version } from '@/lib/runtime/version'
import {
  brokenAnswer,
  refusalAnswer,
  refusalOf,
  refusalOfCall,
  refusalOfForm,
  refuseBody,
  refuseBusy,
  refuseSlow,
  targetPath,
} from '@/lib/server/entrance'
import { pageTurn } from '@/lib/server/page-turns'
import { muteAway, shield } from '@/lib/server/shield'
import { offerBackups } from '@/lib/store/backup/offer'
import { logFailure } from '@/lib/store/database/availability'
import { startClocks, stopClocks } from '@/lib/store/database/clocks'
import { closeDataDirectory } from '@/lib/store/database/data-directory'
import { closeDatabase, databaseKind } from '@/lib/store/database/database'
import { trimStreams } from '@/lib/store/database/housekeeping'
import { startListening, stopListening } from '@/lib/store/database/notifications'
import { currentSettings, loadSettings } from '@/lib/store/settings/current'
import { startTelemetry, stopTelemetry } from '@/lib/telemetry/start'
import { tlsCauseInWords } from '@/lib/tls-cause'
import { endpointAt } from './front'
import { deleteStale, housekeepingMs, limitLogSize, sizeMs, trimMs } from './housekeeping'

/** What the start command listens on. */
type Listening = { readonly addresses: Addresses; readonly port: number }

/** Logs the addresses, and the link to start with. */
function logAddresses({ addresses, port }: Listening, link: string | null, kind: string): void {
  const { origin, mcpUrl, telemetry } = env()
  const common = { version, origin, mcpUrl, database: kind, setupLink: link ?? undefined }
  const listening = { addresses: addresses ?? 'all', port }
  if (telemetry.log === 'json') logInfo('listening', { ...common, ...listening })
  else logLines(banner(describeAddresses(addresses, port), link, kind))
}

function banner(where: string, link: string | null, kind: string): readonly string[] {
  const { origin, mcpUrl, dataDir } = env()
  const { serverName } = currentSettings()
  const name =
    serverName === 'Portico' ? `Portico ${version}` : `${serverName} (Portico ${version})`
  const database = kind === 'embedded' ? `embedded database in ${dataDir}` : 'PostgreSQL'
  return [
    '',
    `  ${name} serves ${origin}, ${database}`,
    `  Listens on:          ${where}`,
    `  Paste into Claude:   ${mcpUrl}`,
    ...(link === null
      ? [`  Dashboard:           ${origin}/admin`]
      : ['  Make the first admin, once, at:', `  ${link}`]),
    '',
  ]
}

/** Housekeeping that runs while the server stops loses its database, and runs again after the start. */
let isClosing = false

function housekeep(task: (now: Date) => Promise<void>): void {
  task(new Date()).catch((error: unknown) => {
    if (!isClosing) logFailure('housekeeping', error)
  })
}

/** Runs once the server answers, because it requests itself; a failure does not stop the server. */
async function runSelfCheck(): Promise<void> {
  try {
    await checkSelf(ownExchange('CHECK'))
  } catch (error) {
    logFailure('self-check', error)
  }
}

async function close(): Promise<void> {
  isClosing = true
  record(ownExchange('STOP'), 'server.stopped', undefined, { dropped: droppedEvents() })
  await stopAlerts()
  await releaseStreams()
  await settleStreamEvents()
  await flushUsage()
  await endFolds()
  logUnwritten()
  await stopJoining()
  await stopCounting()
  await stopTelemetry()
  await stopClocks()
  await stopListening()
  await closeDatabase()
}

/** What the start command calls while the server runs. */
const calls = {
  endpointAt,
  notice: noticeForwarding,
  targetPath,
  presentAddress,
  refusalOf,
  refusalOfForm,
  bodyLimit,
  refuseBody,
  refusalOfCall,
  refuseBusy,
  refuseSlow,
  refusalAnswer,
  brokenAnswer,
  pageTurn,
  inScope: inRequestScope,
  shield,
  /** ends open streams and makes the server unready */
  stop: stopStreams,
  /** writes pending data and closes the database */
  close,
}

/** What the start command gets from the running server; they share only `globalThis`. */
export type Lifecycle = typeof calls & {
  /** the configured public origin */
  readonly origin: string
  /** how long open requests may take to end when the server stops */
  readonly stopSeconds: number
  /** called when the sockets are open, to log the addresses */
  readonly ready: (at: Listening) => void
}

/** Lets this server take the backups, because an embedded database has only one session. */
const offer = (): Promise<void> =>
  offerBackups(env().dataDir, { release: version, kind: 'embedded', secret: secretFingerprint() })

/**
 * Opens everything the server needs before it answers: database, keys, notifications, first admin.
 *
 * @throws {Error} with a message an operator can act on
 */
export async function startup(): Promise<void> {
  adoptConsole()
  startedAt()
  await startTelemetry()
  muteAway(isUnavailable)
  if (env().databaseUrl) closeDataDirectory(env().dataDir)
  const kind = await databaseKind()
  if (kind === 'embedded') await offer()
  await loadSettings()
  await signingKeys()
  await createAdminFromSettings()
  await startListening()
  await subscribeSessions()
  await announceToolList()
  const link = await setupLink()
  record(ownExchange('START'), 'server.started', undefined, { version, database: kind })
  startAlerts()
  startJoining()
  startCounting()
  startClocks()
  housekeep(deleteStale)
  setInterval(housekeep, housekeepingMs, deleteStale).unref()
  setInterval(housekeep, trimMs, trimStreams).unref()
  setInterval(housekeep, sizeMs, limitLogSize).unref()
  const { origin, stopSeconds } = env()
  const ready = (at: Listening) => {
    logAddresses(at, link, kind)
    recallForwarding().catch((error: Error) => logError(`proxies: ${error.message}`))
    void runSelfCheck()
  }
  const shared = globalThis as { __portico?: Lifecycle }
  shared.__portico = { ...calls, origin, stopSeconds, ready }
}

function inWords(error: unknown): readonly string[] {
  if (error instanceof ConfigurationError) {
    return [...error.problems, 'the configuration is wrong: see .env.example']
  }
  const ofTls = tlsCauseInWords(error)
  if (ofTls) {
    return [
      `cannot start: PostgreSQL cannot be trusted: ${ofTls}`,
      'or name it in DATABASE_URL: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem',
    ]
  }
  return [`cannot start: ${error instanceof Error ? error.message : String(error)}`]
}

/** Runs {@link startup}; if it fails, logs why and exits. */
export async function startOrExit(): Promise<void> {
  try {
    await startup()
  } catch (error) {
    for (const words of inWords(error)) logError(words)
    process.exit(1)
  }
}
