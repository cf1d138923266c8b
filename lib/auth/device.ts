import 'server-only'
import { cookies } from 'next/headers'
import { env } from '@/lib/config/env'
import { deviceCookieName } from '@/lib/http/device-cookie-name'
import { deviceDays, withDevice } from './device-cookie'

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
