import type { Product } from '@/lib/products/known'
import { productById } from '@/lib/products/product'
import { isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import { surfaceOf } from './surface'

type Ending = Pick<Product, 'loginEnds' | 'unattended'>

/** Whether a product asked the endpoint for something where a person is there to sign in. */
export const isAsking = ({ unattended }: Ending, event: HandshakeEvent): boolean =>
  isUnauthenticatedMcp(event) &&
  (unattended === undefined || !event.userAgent?.includes(unattended))

/**
 * Whether a product is known to sign in and stop: its first call comes when it is used. Where only some
 * of its sign-ins end so, what asked the endpoint for something before is one that is to go on.
 */
export function endsAtToken(product: Ending | null, events: readonly HandshakeEvent[]): boolean {
  if (product?.loginEnds !== 'unasked') return product?.loginEnds === 'always'
  return !events.some((event) => isAsking(product, event))
}

/** {@link endsAtToken} of the product whose attempt this is. */
export function signsInOnly(events: readonly HandshakeEvent[]): boolean {
  const surface = surfaceOf(events)
  return surface !== 'unknown' && endsAtToken(productById(surface), events)
}
