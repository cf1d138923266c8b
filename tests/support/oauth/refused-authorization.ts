import type { Operator } from '../people/operator'
import { attributesOf, textOf } from '../people/operator-consent'

/**
 * The way to the client that the page of a refused request offers, as a browser would take it.
 *
 * @throws {Error} where it offers none or another as well, or goes somewhere by itself
 */
export function offeredLink(html: string): string {
  const says = textOf(html).slice(0, 400)
  const links = html.match(/<a\b/g)?.length ?? 0
  if (links !== 1) throw new Error(`there are ${links} links in: ${says}`)
  if (/http-equiv|<script|<meta[^>]+url=/i.test(html)) throw new Error(`it goes on: ${says}`)
  const { href = '', rel } = attributesOf(html, /<a\b[^>]*>/)
  if (rel !== 'noreferrer nofollow') throw new Error(`the link is followed as ${rel}`)
  return href
}

/** Where an error goes at once. @throws {Error} where it does not */
export async function sentTo(response: Response): Promise<string> {
  const location = response.headers.get('location')
  if (response.status === 303 && location) return location
  throw new Error(`it is not sent on: HTTP ${response.status} ${textOf(await response.text())}`)
}

/** Where the page of an error offers to go. @throws {Error} where it is not left to a click */
export async function offeredBy(response: Response): Promise<string> {
  const { status, headers } = response
  if (status === 400 && !headers.has('location') && !headers.has('refresh')) {
    return offeredLink(await response.text())
  }
  throw new Error(`it is not offered: HTTP ${status}, location ${headers.get('location')}`)
}

/**
 * Makes a request that is refused to its client, both ways (RFC 9700 §4.11.2): a person who is
 * connected with the client is sent on, and a stranger finds a link.
 *
 * @returns the address, exactly as it came, of each
 * @throws {Error} where either is answered in another way
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
