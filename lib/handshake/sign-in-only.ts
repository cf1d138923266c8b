import type { Product } from '@/lib/products/known'
import { productById } from '@/lib/products/product'
import { isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import { surfaceOf } from './surface'

type Ending = Pick<Product, 'loginEnds' | 'unattended'>

/** Whether a product sent the endpoint a request while a person could sign in. */
export const isAsking = ({ unattended }: Ending, event: HandshakeEvent): boolean =>
  isUnauthenticatedMcp(event) &&
  (unattended === undefined || !event.userAgent?.includes(unattended))

const tokenAtOf = (events: readonly HandshakeEvent[]): number =>
  events.find(({ name }) => name === 'token.issued')?.at ?? Number.POSITIVE_INFINITY

/**
 * Whether a product is known to sign in and stop: its first call comes when it is used. When only some of
 * its sign-ins end so, one that sent the endpoint a request first is expected to continue.
 */
export function endsAtToken(product: Ending | null, events: readonly HandshakeEvent[]): boolean {
  if (product?.loginEnds !== 'unasked') return product?.loginEnds === 'always'
  const tokenAt = tokenAtOf(events)
  return !events.some((event) => event.at < tokenAt && isAsking(product, event))
}

/** {@link endsAtToken} for the product of this attempt. */
export function signsInOnly(events: readonly HandshakeEvent[]): boolean {
  const surface = surfaceOf(events)
  return surface !== 'unknown' && endsAtToken(productById(surface), events)
}

/**
 * When a program that had signed in and stopped was used: it called without its token, or refreshed it,
 * which an unused program does not. `null` while it has not.
 *
 * @returns milliseconds since the epoch
 */
export function cameBackAt(events: readonly HandshakeEvent[]): number | null {
  const tokenAt = tokenAtOf(events)
  const back = events.find(
    (event) =>
      event.at >= tokenAt && (isUnauthenticatedMcp(event) || event.name === 'token.refreshed'),
  )
  return back?.at ?? null
}
