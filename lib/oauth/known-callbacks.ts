import { knownProducts } from '@/lib/products/known'

const callbacks = new Set(knownProducts.flatMap((product) => product.callbacks ?? []))
const patterns = knownProducts.flatMap(({ callbackPattern }) => callbackPattern ?? [])

/**
 * Whether a redirect URI belongs to a well-known product, whichever client requests it: one that the
 * product publishes or sends. The whole address is compared, since other paths of the same host may
 * redirect anywhere. `vscode.dev/redirect` does so by design and is not one.
 */
export const isKnownCallback = (redirectUri: string): boolean =>
  callbacks.has(redirectUri) || patterns.some((pattern) => pattern.test(redirectUri))
