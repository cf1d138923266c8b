import { isIPv6 } from 'node:net'
import { prefixOf } from './ipv6'

/** Who sent something, as far as they cannot choose it. */
type Sender = { readonly address: string | null; readonly network: string | null }

/**
 * The crowd that somebody without an account belongs to: a public address, or the site of an IPv6
 * address, which is a /48 (RFC 6177 §2) with 65,536 networks to send from. Elsewhere (Anthropic's
 * network, behind a proxy that is not configured) an address says nothing of who somebody is, and all
 * are one crowd by the name of their network.
 */
export function crowdOf({ address, network }: Sender): string {
  if (network !== 'public' || address === null) return network ?? 'unknown'
  return isIPv6(address) ? prefixOf(address, 48) : address
}

/** How many each group may keep so that all together keep `most`; 0 where there are more groups. */
function shareOf(sizes: readonly number[], most: number): number {
  let left = most
  const ascending = sizes.toSorted((a, b) => a - b)
  for (const [place, size] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - place))
    if (size > share) return share
    left -= size
  }
  return Number.MAX_SAFE_INTEGER
}

/**
 * What has to go so that no more than `most` stay: of each crowd the same share stays, its newest. So
 * whoever sends many loses their own, and who sends few loses none.
 *
 * @param things oldest first
 */
export function beyondShares<Thing>(
  things: readonly Thing[],
  most: number,
  crowd: (thing: Thing) => string,
): Thing[] {
  if (things.length <= most) return []
  const crowds = new Map<string, Thing[]>()
  for (const thing of things) {
    const mine = crowds.get(crowd(thing))
    if (mine) mine.push(thing)
    else crowds.set(crowd(thing), [thing])
  }
  const share = shareOf(
    [...crowds.values()].map(({ length }) => length),
    most,
  )
  // more crowds than there is room for: the newest of all stay
  if (share === 0) return things.slice(0, things.length - most)
  return [...crowds.values()].flatMap((mine) => mine.slice(0, Math.max(0, mine.length - share)))
}
