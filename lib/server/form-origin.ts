import 'server-only'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { env } from '@/lib/config/env'

const isForm = (headers: IncomingHttpHeaders): boolean =>
  headers['next-action'] !== undefined ||
  /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')

/**
 * Refuses a form from another origin than the configured one (RFC 9700 §4.7). Next refuses it too, but
 * with an unexplained and unrecorded 500; and the usual cause is opening the dashboard at another address
 * than `PORTICO_URL`. A request without `Origin` is not from a browser.
 *
 * @returns the message for the sender, or `null`
 */
export function refuseForm({ method, headers }: IncomingMessage): string | null {
  const { origin: own } = env()
  const { origin } = headers
  if (method !== 'POST' || origin === undefined || origin === own || !isForm(headers)) return null
  return `This form came from ${origin}, and this server is set to ${own} (PORTICO_URL): open it there.`
}
