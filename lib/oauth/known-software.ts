import { productByCallbacks } from '@/lib/products/product'

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/

/**
 * The known software that all of these redirect URIs belong to, from a short closed list; `native` for
 * programs on a person's own machine (RFC 8252 §7.3), and `null` for anything else. Anyone may claim to
 * be one of them: it only splits budgets where nothing better does, and proves nothing.
 */
export function knownSoftware(redirectUris: readonly string[]): string | null {
  const elsewhere = redirectUris.filter((uri) => !loopback.test(uri))
  if (elsewhere.length === 0) return redirectUris.length > 0 ? 'native' : null
  const product = productByCallbacks(elsewhere)
  return product?.ownShare ? product.id : null
}
