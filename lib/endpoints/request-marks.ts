import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import { deviceCookieIn } from '@/lib/http/device-cookie-name'
import type { Parameters } from '@/lib/oauth/parameters'

/**
 * Short keyed fingerprints by which events tell one request for authorization, and one browser, from
 * another. Nothing can be learned from them.
 */

const mark = (kind: string, value: string): string =>
  keyedHash('fingerprint', `${kind} ${value}`).slice(0, 12)

/**
 * Tells one run of a client from another: each makes a `state` (RFC 6749 §4.1.1), a code challenge (RFC
 * 7636 §4.3) and, on a person's machine, a port (RFC 8252 §7.3) of its own. A page that is opened again
 * has those of before.
 */
export function runMark(parameters: Parameters): string | undefined {
  const { state, code_challenge: challenge, redirect_uri: redirectUri } = parameters
  if (state === undefined && challenge === undefined) return undefined
  return mark('run', JSON.stringify([state, challenge, redirectUri]))
}

/** Tells a browser that somebody has signed in with, whatever its address is now. */
export function browserMark(headers: Headers): string | undefined {
  // of several accounts the one that signed in last, as the cookie begins
  const [device = ''] = deviceCookieIn(headers.get('cookie')).split('.', 1)
  return device === '' ? undefined : mark('browser', device)
}
