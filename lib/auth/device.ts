import 'server-only'
import { randomBytes } from 'node:crypto'
import { cookies } from 'next/headers'
import { env } from '@/lib/config/env'
import { keyedHash } from '@/lib/config/secrets'
import { deviceCookieName } from '@/lib/http/device-cookie-name'
import { constantTimeEqual } from '@/lib/oauth/secret'
import type { User } from '@/lib/store/people/users'

/** How long browsers keep a cookie at most (RFC 6265bis §5.5), in days. */
const deviceDays = 400
/** Per browser; the most recent sign-ins are kept. */
const mostAccounts = 5
const longest = 1000

type Entry = { readonly text: string; readonly id: string; readonly at: number }

const macOf = (userId: string, id: string, at: string): string =>
  keyedHash('device-cookie', `${userId} ${id} ${at}`)

const entriesOf = (value: string): string[] =>
  value.length > longest ? [] : value.split('~').slice(0, mostAccounts)

function readEntry(text: string, userId: string): Entry | null {
  const [id = '', at = '', mac = ''] = text.split('.')
  return constantTimeEqual(mac, macOf(userId, id, at))
    ? { text, id, at: Number.parseInt(at, 36) }
    : null
}

/**
 * Whether a browser has signed in to an account before. This alone never signs anyone in. The check
 * takes as long when the account does not exist.
 *
 * @param value of the cookie
 * @returns the browser's 128-bit id; `null` if the account does not know it
 */
export function knownDevice(value: string, owner: User | null, now: Date): string | null {
  const found = entriesOf(value)
    .map((text) => readEntry(text, owner?.id ?? ''))
    .find((entry) => entry !== null)
  if (!owner || !found) return null
  const oldest = now.getTime() - deviceDays * 86_400_000
  const since = owner.browsersSince?.getTime() ?? 0
  return found.at >= Math.max(oldest, since) ? found.id : null
}

/** The cookie value after a sign-in to an account; entries of other accounts stay. */
function withDevice(value: string, userId: string, at: Date): string {
  const others = entriesOf(value).filter((text) => text && !readEntry(text, userId))
  const id = randomBytes(16).toString('base64url')
  const time = at.getTime().toString(36)
  const entry = `${id}.${time}.${macOf(userId, id, time)}`
  return [entry, ...others.slice(0, mostAccounts - 1)].join('~')
}

/**
 * Marks this browser as known to an account: guesses from other browsers then do not throttle it
 * (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
export async function rememberDevice(userId: string, at: Date): Promise<void> {
  const jar = await cookies()
  const before = jar.get(deviceCookieName)?.value ?? ''
  jar.set(deviceCookieName, withDevice(before, userId, at), {
    httpOnly: true,
    sameSite: 'lax',
    secure: env().origin.startsWith('https:'),
    path: '/',
    maxAge: deviceDays * 86_400,
  })
}
