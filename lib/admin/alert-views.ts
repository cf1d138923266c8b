import type { AlertChannel, AlertDelivery } from '@/lib/store/alert-deliveries'

/** A way by which alerts are sent. */
export type AlertChannelRow = {
  readonly channel: AlertChannel
  /** the host of a webhook, or who gets the e-mail; `null` while it is not set */
  readonly target: string | null
  /** the mail server */
  readonly server: string | null
  /** the variables that set it */
  readonly variables: readonly string[]
}

/** An alert that was sent, or is yet to be. Times are ISO 8601 in UTC. */
export type AlertDeliveryRow = Pick<
  AlertDelivery,
  'id' | 'channel' | 'type' | 'handshakeId' | 'state' | 'attempts' | 'outcome'
> & {
  readonly createdAt: string
  /** when it is tried next */
  readonly nextAt: string | null
  readonly endedAt: string | null
}

/** What the page of alerts shows. */
export type AlertsView = {
  readonly channels: readonly AlertChannelRow[]
  /** newest first */
  readonly deliveries: readonly AlertDeliveryRow[]
}
