import { knownProducts } from '@/lib/products/known'

const callbacks = new Set(knownProducts.flatMap((product) => product.callbacks ?? []))
const patterns = knownProducts.flatMap(({ callbackPattern }) => callbackPattern ?? [])

/**
 * Whether an answer goes to a well-known product, whoever asks in its name: to an address where the product
 * takes answers, as it publishes or sends it. The whole address counts, since other paths of the same
 * host may send a browser on to anywhere. `vscode.dev/redirect` does so by design, and is none.
 */
export const isKnownCallback = (redirectUri: string): boolean =>
  callbacks.has(redirectUri) || patterns.some((pattern) => pattern.test(redirectUri))
