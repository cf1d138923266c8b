import 'server-only'
import { processWide } from '@/lib/process-wide'
import { onTrouble } from '@/lib/recorder/handshake-alerts'
import { logFailure } from '@/lib/store/database/availability'
import { claimDueAlerts } from '@/lib/store/handshakes/deliveries'
import { openChannels } from './channels'
import { deliver } from './deliver'
import { alertExchange, noticeTrouble } from './notice'
import { leaseMs } from './schedule'

/**
 * Sends the alerts that are due. Every instance polls, and one claims each alert: none is lost with a
 * process, and none is sent twice in normal operation.
 */

const pollMs = 1000
/** Sent in parallel, so that a slow receiver delays no other alert. */
const mostAtOnce = 10

type Sender = {
  timer: NodeJS.Timeout | null
  turn: Promise<void>
  stop: (() => void) | null
}

const sender = processWide(
  'alerts',
  (): Sender => ({ timer: null, turn: Promise.resolve(), stop: null }),
)

const logged = (error: unknown): void => logFailure('alerts', error)

/** Sends the alerts that are due now; resolves when each has been tried. */
export async function sendDueAlerts(): Promise<void> {
  if (openChannels().length === 0) return
  const now = Date.now()
  const lease = new Date(now + leaseMs)
  const due = await claimDueAlerts(openChannels(), new Date(now), lease, mostAtOnce)
  // one that cannot be composed is tried again when its lease is over
  await Promise.all(due.map((delivery) => deliver(alertExchange(), delivery).catch(logged)))
}

function schedule(): void {
  sender.timer = setTimeout(() => {
    sender.turn = sendDueAlerts()
      .catch(logged)
      .then(() => {
        if (sender.stop) schedule()
      })
  }, pollMs)
  sender.timer.unref()
}

/**
 * Starts to queue alerts for handshakes that stall or fail, if a channel is configured. Without a timer,
 * {@link sendDueAlerts} sends them.
 *
 * @returns whether this call started it
 */
export function queueAlertsOfTrouble(): boolean {
  if (sender.stop || openChannels().length === 0) return false
  sender.stop = onTrouble(noticeTrouble)
  return true
}

/** Starts to queue and send alerts, if a channel is configured. */
export function startAlerts(): void {
  if (queueAlertsOfTrouble()) schedule()
}

/** Stops after aborting the running attempts; the next instance that starts makes them again. */
export async function stopAlerts(): Promise<void> {
  sender.stop?.()
  sender.stop = null
  if (sender.timer) clearTimeout(sender.timer)
  await sender.turn
}
