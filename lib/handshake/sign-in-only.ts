import type { LoginEnds } from '@/lib/products/known'
import { productById } from '@/lib/products/product'
import { isUnauthenticatedMcp } from './evidence'
import type { HandshakeEvent } from './handshake'
import { surfaceOf } from './surface'

/**
 * Whether a product is known to sign in and stop: its first call comes when it is used. Where only some
 * of its sign-ins end so, what asked the endpoint for something before is one that is to go on.
 */
export const endsAtToken = (ends: LoginEnds | undefined, hasAsked: boolean): boolean =>
  ends === 'always' || (ends === 'unasked' && !hasAsked)

/** {@link endsAtToken} of the events of an attempt. */
export function signsInOnly(events: readonly HandshakeEvent[]): boolean {
  const surface = surfaceOf(events)
  if (surface === 'unknown') return false
  return endsAtToken(productById(surface).loginEnds, events.some(isUnauthenticatedMcp))
}
