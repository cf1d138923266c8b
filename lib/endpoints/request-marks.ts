import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import { deviceCookieIn } from '@/lib/http/device-cookie-name'
import type { Parameters } from '@/lib/oauth/parameters'

/**
 * Short keyed fingerprints by which events distinguish authorization requests and browsers. They
 * reveal nothing.
 */

const mark = (kind: string, value: string): string =>
  keyedHash('fingerprint', `${kind} ${value}`).slice(0, 12)

/**
 * Identifies one run of a client: each creates its own `state` (RFC 6749 §4.1.1), code challenge (RFC
 * 7636 §4.3) and, on a person's machine, port (RFC 8252 §7.3). A page that is opened again has the same.
 */
export function runMark(parameters: Parameters): string | undefined {
  const { state, code_challenge: challenge, redirect_uri: redirectUri } = parameters
  if (state === undefined && challenge === undefined) return undefined
  return mark('run', JSON.stringify([state, challenge, redirectUri]))
}

/** Identifies a browser that has signed in before, whatever its address is now. */
export function browserMark(headers: Headers): string | undefined {
  // the cookie begins with the account that signed in last
  const [device = ''] = deviceCookieIn(headers.get('cookie')).split('.', 1)
  return device === '' ? undefined : mark('browser', device)
}
