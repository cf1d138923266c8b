/** The cookie of a browser that has signed in before; next-auth's own begin with `next-auth`. */
export const deviceCookieName = 'portico.devices'

/** The value of the cookie in a `Cookie` header; empty if there is none. */
export function deviceCookieIn(cookie: string | null): string {
  const pair = cookie?.split(/;\s*/).find((one) => one.startsWith(`${deviceCookieName}=`))
  return pair?.slice(deviceCookieName.length + 1) ?? ''
}
