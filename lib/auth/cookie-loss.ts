import type { CookieLoss } from '@/lib/reasons'

/**
 * Why a browser does not keep this server's cookie: the page is on http and the cookie is https-only
 * (RFC 6265 §5.4); the page's host differs from the server's configured origin; or the browser blocks
 * cookies.
 */
const cookieLosses = ['scheme', 'host', 'blocked'] as const satisfies readonly CookieLoss[]

/**
 * @param seen the page's origin as the browser reports it
 * @param own this server's origin
 */
export function cookieLoss(seen: string | null | undefined, own: string): CookieLoss {
  if (!seen || !URL.canParse(seen)) return 'blocked'
  const [page, server] = [new URL(seen), new URL(own)]
  if (server.protocol === 'https:' && page.protocol === 'http:') return 'scheme'
  return page.host === server.host ? 'blocked' : 'host'
}

/** The error code for the sign-in page. */
export const cookieError = (loss: CookieLoss): string => `cookie-${loss}`

/** The loss that an error code names, or `null`. */
export const lossOfError = (error: string | undefined): CookieLoss | null =>
  cookieLosses.find((loss) => cookieError(loss) === error) ?? null

/** How long after a sign-in the cookie is expected, in milliseconds. */
const expectedForMs = 60_000

/**
 * Whether a sign-in was just now. Opening the page again later, from a bookmark or with Back, does not
 * mean that a cookie was lost.
 *
 * @param entered milliseconds since the epoch, from the clock of the server that rendered the page
 */
export const isJustEntered = (entered: string | undefined, now: number): boolean =>
  entered !== undefined &&
  /^\d{13}$/.test(entered) &&
  Math.abs(now - Number(entered)) < expectedForMs
