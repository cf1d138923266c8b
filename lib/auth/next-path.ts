import type { Role } from '@/lib/vocabulary'

const home = '/admin'

/** Where a sign-in without a target leads: members have no dashboard. */
export const homeOf = (role: Role): string => (role === 'member' ? '/connections' : home)

/** Whether a path is only the default target, which a person may not have chosen. */
export const isHome = (path: string): boolean => path === home

/**
 * Where to go after sign-in: a path of this server, or the dashboard. Rejects anything that a browser
 * could read as another origin (RFC 9700 §4.11, open redirector).
 */
export function safeNext(next: string | undefined): string {
  if (!next || !/^\/(?![/\\])[!-~]*$/.test(next) || next.includes('\\')) return home
  const base = 'https://portico.invalid'
  if (!URL.canParse(next, base)) return home
  const { origin, pathname } = new URL(next, base)
  // `/.//host` is a path that serialises to another origin
  return origin === base && !pathname.startsWith('//') ? next : home
}

/**
 * The same for next-auth's callback URL: its path, or the `next` of the sign-in page when it is that
 * page.
 */
export function nextOfCallback(callbackUrl: string | undefined): string {
  const base = 'https://portico.invalid'
  if (!callbackUrl || !URL.canParse(callbackUrl, base)) return home
  const { pathname, search, searchParams } = new URL(callbackUrl, base)
  return safeNext(
    pathname === '/sign-in' ? (searchParams.get('next') ?? undefined) : `${pathname}${search}`,
  )
}
