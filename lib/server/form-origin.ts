import 'server-only'
import type { IncomingHttpHeaders } from 'node:http'
import { env } from '@/lib/config/env'
import { openExchange } from '@/lib/recorder/exchange'
import { record } from '@/lib/recorder/recorder'

const isForm = (headers: IncomingHttpHeaders): boolean =>
  headers['next-action'] !== undefined ||
  /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')

/**
 * Refuses a form from another origin than the configured one (RFC 9700 §4.7). Next refuses it too, but
 * with an unexplained and unrecorded 500; and the usual cause is opening the dashboard at another address
 * than `PORTICO_URL`. A request without `Origin` is not from a browser.
 *
 * @param path without the query
 * @returns the message for the sender, or `null`
 */
export function refuseForm(
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
): string | null {
  const { origin: own, proxyHops } = env()
  const { origin } = headers
  if (method !== 'POST' || origin === undefined || origin === own || !isForm(headers)) return null
  const forwardedFor = headers['x-forwarded-for']
  const recorded = new Headers({
    'user-agent': headers['user-agent'] ?? '',
    'x-forwarded-for': String(forwardedFor ?? ''),
  })
  const exchange = openExchange({ method, path, headers: recorded }, proxyHops)
  record(exchange, 'form.refused', 403, { reason: { kind: 'foreign-form' }, origin })
  return `This form came from ${origin}, and this server is set to ${own} (PORTICO_URL): open it there.`
}
