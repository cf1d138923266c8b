import { isIPv6 } from 'node:net'
import { prefixOf } from './ipv6'

/** The parts of a request's origin that the sender cannot choose. */
type Sender = { readonly address: string | null; readonly network: string | null }

/**
 * The crowd of a sender without an account: a public IPv4 address, or the site of an IPv6 address, a
 * /48 (RFC 6177 §2) with 65,536 networks to send from. Elsewhere (Anthropic's network, behind a proxy
 * that is not configured) an address does not identify anyone, and all are one crowd, named after
 * their network.
 */
export function crowdOf({ address, network }: Sender): string {
  if (network !== 'public' || address === null) return network ?? 'unknown'
  return isIPv6(address) ? prefixOf(address, 48) : address
}

/** How many each group may keep so that the total stays within `most`; 0 if there are more groups. */
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
 * What to delete so that at most `most` remain: each crowd keeps the same share, its newest. A crowd
 * that sends many loses its own, and one that sends few loses none.
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
  // more crowds than `most`: the newest of all remain
  if (share === 0) return things.slice(0, things.length - most)
  return [...crowds.values()].flatMap((mine) => mine.slice(0, Math.max(0, mine.length - share)))
}
