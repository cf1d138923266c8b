import 'server-only'
import { env } from '@/lib/config/env'
import { testText } from '@/lib/diagnosis/alert-text'
import { newId } from '@/lib/oauth/secret'
import type { Exchange } from '@/lib/recorder/request'
import { type AlertChannel, createTest } from '@/lib/store/handshakes/deliveries'
import { currentSettings } from '@/lib/store/settings/current'
import type { DeliveryAttempt } from './attempt'
import { deliver } from './deliver'
import { bodyFor } from './message'
import { leaseMs } from './schedule'

/**
 * Sends a test through a channel now, without retries.
 *
 * @param userId the operator who requested it
 */
export async function sendTestAlert(
  channel: AlertChannel,
  userId: string,
  exchange: Exchange,
): Promise<DeliveryAttempt> {
  const { origin } = env()
  const { serverName } = currentSettings()
  const id = newId('msg_')
  const type = 'alert.test'
  const at = new Date()
  const text = testText(serverName, `${origin}/admin/alerts`)
  const body = bodyFor(channel, id, { type, at, handshake: null, ...text })
  const nextAt = new Date(at.getTime() + leaseMs)
  const actor = { userId, address: exchange.address }
  const delivery = await createTest({ id, channel, type, body, createdAt: at, nextAt }, actor)
  return deliver(exchange, delivery)
}
