import 'server-only'
import { createHmac } from 'node:crypto'
import type { Webhook } from '@/lib/config/alerts'
import { cleanOutcome, type DeliveryAttempt, reasonOf } from './attempt'

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

/** How much of a response is read, in bytes. */
const longestAnswer = 2000

async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size >= longestAnswer) break
  }
  return Buffer.concat(chunks).subarray(0, longestAnswer).toString('utf8')
}

/** Shorter parts of a URL are taken for words, not secrets. */
const shortestSecret = 8

/** A Slack webhook URL is a secret as a whole, and any long part of another URL may be one. */
function secretsOf({ url, key }: Webhook): string[] {
  const { pathname, search } = new URL(url)
  const parts = `${pathname}${search}`.split(/[/?&=]/)
  const long = [`${pathname}${search}`, ...parts].filter((part) => part.length >= shortestSecret)
  return [url, ...long, Buffer.from(key).toString('base64')]
}

/** A short description of a response; the body of an error often names the cause. */
async function inWords(response: Response): Promise<string> {
  const { status } = response
  const body = await beginningOf(response).catch(() => '')
  if (response.ok) return `HTTP ${status}`
  if (status >= 300 && status < 400) return `HTTP ${status}: redirects are not followed`
  return /^\s*</.test(body) || !body ? `HTTP ${status}` : `HTTP ${status}: ${body}`
}

/**
 * Posts an alert (Standard Webhooks). Anything but a 2xx is a failure; redirects are not followed.
 *
 * @param id the same in every attempt, for receivers to drop duplicates
 */
export async function postWebhook(
  webhook: Webhook,
  id: string,
  body: string,
  signal: AbortSignal,
): Promise<DeliveryAttempt> {
  const timestamp = Math.floor(Date.now() / 1000)
  const secrets = secretsOf(webhook)
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'Portico',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': webhookSignature(webhook.key, id, timestamp, body),
      },
      body,
      redirect: 'manual',
      cache: 'no-store',
      signal,
    })
    return { ok: response.ok, outcome: cleanOutcome(await inWords(response), secrets) }
  } catch (error) {
    return { ok: false, outcome: cleanOutcome(reasonOf(error), secrets) }
  }
}
