import type { CookieLoss } from '@/lib/reasons'

/**
 * Why a browser keeps no cookie of this server, as far as can be told: the page came over http and the
 * cookie goes over https only (RFC 6265 §5.4); the page has another address than the server says of
 * itself; or the browser blocks cookies.
 */
const cookieLosses = ['scheme', 'host', 'blocked'] as const satisfies readonly CookieLoss[]

/**
 * @param seen the origin that the browser says the page has
 * @param own the origin of this server
 */
export function cookieLoss(seen: string | null | undefined, own: string): CookieLoss {
  if (!seen || !URL.canParse(seen)) return 'blocked'
  const [page, server] = [new URL(seen), new URL(own)]
  if (server.protocol === 'https:' && page.protocol === 'http:') return 'scheme'
  return page.host === server.host ? 'blocked' : 'host'
}

/** The error code by which the sign-in page knows it. */
export const cookieError = (loss: CookieLoss): string => `cookie-${loss}`

/** The loss that an error code names, or `null`. */
export const lossOfError = (error: string | undefined): CookieLoss | null =>
  cookieLosses.find((loss) => cookieError(loss) === error) ?? null

/** How long after a sign-in its browser is expected with the cookie, in milliseconds. */
const expectedForMs = 60_000

/**
 * Whether a sign-in was just now. A page that is opened again later, from a bookmark or by Back, is no
 * sign that anything was lost.
 *
 * @param entered milliseconds since the epoch, by the clock of the server that made the page
 */
export const isJustEntered = (entered: string | undefined, now: number): boolean =>
  entered !== undefined &&
  /^\d{13}$/.test(entered) &&
  Math.abs(now - Number(entered)) < expectedForMs
