import 'server-only'
import { processWide } from '@/lib/process-wide'
import { onTrouble } from '@/lib/recorder/handshake-alerts'
import { complain as complainOf } from '@/lib/store/database/availability'
import { claimDueAlerts } from '@/lib/store/handshakes/deliveries'
import { openChannels } from './channels'
import { deliver } from './deliver'
import { alertExchange } from './exchange'
import { noticeTrouble } from './notice'
import { leaseMs } from './schedule'

/**
 * Sends the alerts that are due. Every instance looks for them, and each alert is claimed by one; so
 * none is lost with a process, and none is sent twice while all goes well.
 */

const pollMs = 1000
/** At once: a receiver that is slow holds up no other alert. */
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

const complain = (error: unknown): void => complainOf('alerts', error)

/** Sends the alerts that are due now; resolves when each was tried. */
export async function sendDueAlerts(): Promise<void> {
  if (openChannels().length === 0) return
  const now = Date.now()
  const lease = new Date(now + leaseMs)
  const due = await claimDueAlerts(openChannels(), new Date(now), lease, mostAtOnce)
  // one that cannot be composed is tried again when its lease is over
  await Promise.all(due.map((delivery) => deliver(alertExchange(), delivery).catch(complain)))
}

function schedule(): void {
  sender.timer = setTimeout(() => {
    sender.turn = sendDueAlerts()
      .catch(complain)
      .then(() => {
        if (sender.stop) schedule()
      })
  }, pollMs)
  sender.timer.unref()
}

/**
 * Has alerts queued for handshakes that stall or fail, if there is a channel to tell through. Where no
 * timer sends them, {@link sendDueAlerts} does.
 *
 * @returns whether there is one, and this call was the first
 */
export function queueAlertsOfTrouble(): boolean {
  if (sender.stop || openChannels().length === 0) return false
  sender.stop = onTrouble(noticeTrouble)
  return true
}

/** Starts to tell of handshakes that stall or fail, if there is a channel to tell through. */
export function startAlerts(): void {
  if (queueAlertsOfTrouble()) schedule()
}

/** Stops when the attempts that are under way were cut short; who starts next makes them again. */
export async function stopAlerts(): Promise<void> {
  sender.stop?.()
  sender.stop = null
  if (sender.timer) clearTimeout(sender.timer)
  await sender.turn
}
