import { productByCallbacks } from '@/lib/products/product'

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/

/**
 * The known software whose answers go to these addresses and nowhere else, of a short closed list;
 * `native` for programs on a person's own machine (RFC 8252 §7.3), and `null` for anything else. Anybody
 * may say that they are one of them: it parts budgets where nothing better does, and proves nothing.
 */
export function knownSoftware(redirectUris: readonly string[]): string | null {
  const elsewhere = redirectUris.filter((uri) => !loopback.test(uri))
  if (elsewhere.length === 0) return redirectUris.length > 0 ? 'native' : null
  const product = productByCallbacks(elsewhere)
  return product?.ownShare ? product.id : null
}
