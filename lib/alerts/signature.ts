import { createHmac } from 'node:crypto'

/**
 * The signature of a webhook (Standard Webhooks, "Signature scheme"): HMAC-SHA-256 over id,
 * timestamp and body, against tampering and replay.
 *
 * @param timestamp seconds since the epoch
 */
export function webhookSignature(
  key: Uint8Array,
  id: string,
  timestamp: number,
  body: string,
): string {
  const signed = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`)
  return `v1,${signed.digest('base64')}`
}
