import type { Operator } from '../people/operator'
import { attributesOf, textOf } from '../people/operator-consent'

/**
 * The link to the client on the page of a refused request.
 *
 * @throws {Error} if there is none or a second one, or if the page redirects
 */
export function offeredLink(html: string): string {
  const says = textOf(html).slice(0, 400)
  const links = html.match(/<a\b/g)?.length ?? 0
  if (links !== 1) throw new Error(`expected one link, found ${links} in: ${says}`)
  if (/http-equiv|<script|<meta[^>]+url=/i.test(html))
    throw new Error(`the page redirects: ${says}`)
  const { href = '', rel } = attributesOf(html, /<a\b[^>]*>/)
  if (rel !== 'noreferrer nofollow') throw new Error(`the link has rel=${rel}`)
  return href
}

/** Where an error redirects at once. @throws {Error} if it does not */
export async function sentTo(response: Response): Promise<string> {
  const location = response.headers.get('location')
  if (response.status === 303 && location) return location
  throw new Error(`no redirect: HTTP ${response.status} ${textOf(await response.text())}`)
}

/** Where an error page links to. @throws {Error} if it needs no click */
export async function offeredBy(response: Response): Promise<string> {
  const { status, headers } = response
  if (status === 400 && !headers.has('location') && !headers.has('refresh')) {
    return offeredLink(await response.text())
  }
  throw new Error(`no page with a link: HTTP ${status}, location ${headers.get('location')}`)
}

/**
 * Sends a refused request both ways (RFC 9700 §4.11.2): a user who is
 * connected with the client is redirected, and a stranger gets a link.
 *
 * @returns the address of each, unchanged
 * @throws {Error} if either is answered in another way
 */
export async function refusedBothWays(
  connected: Operator,
  url: URL,
): Promise<{ readonly sent: string; readonly offered: string }> {
  return {
    sent: await sentTo(await connected.open(url)),
    offered: await offeredBy(await fetch(url, { redirect: 'manual' })),
  }
}
