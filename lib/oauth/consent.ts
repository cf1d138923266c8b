import { knownProducts } from '@/lib/products/known'
import { later } from './lifetimes'
import { isLoopbackRedirect } from './redirect-uri'
import { splitScope } from './scope'

const callbacks = new Set(knownProducts.flatMap((product) => product.callbacks ?? []))
const patterns = knownProducts.flatMap(({ callbackPattern }) => callbackPattern ?? [])

/**
 * Whether a redirect URI belongs to a well-known product, whichever client requests it: one that the
 * product publishes or sends. The whole address is compared, since other paths of the same host may
 * redirect anywhere. `vscode.dev/redirect` does so by design and is not one.
 */
const isKnownCallback = (redirectUri: string): boolean =>
  callbacks.has(redirectUri) || patterns.some((pattern) => pattern.test(redirectUri))

/** The parts of a client that decide whether consent may be remembered. */
export type ConsentClient = {
  readonly id: string
  readonly kind: 'dynamic' | 'metadata_document' | 'registered'
  readonly authMethod: string
}

/**
 * Whether it is certain who gets the code: only then may a "yes" be remembered (OAuth 2.1 "Client
 * Impersonation"). Anyone can register dynamically under any name, and any program can listen on
 * loopback, so neither counts. A metadata document vouches for redirects to its own host, and a client
 * that an admin created and that has a secret vouches for itself.
 */
export function isIdentityAssured(client: ConsentClient, redirectUri: string): boolean {
  if (!redirectUri.startsWith('https://') || isLoopbackRedirect(redirectUri)) return false
  if (client.kind === 'metadata_document') {
    return new URL(client.id).host === new URL(redirectUri).host
  }
  return client.kind === 'registered' && client.authMethod !== 'none'
}

/**
 * Whether it is certain who owns the redirect URI, and that no attacker chose it: a well-known
 * product's, one that an admin entered, or one on the host of a document that an operator has
 * approved. Anyone can publish a document on their own host.
 */
export function isCallbackAssured(
  client: ConsentClient & { readonly approvedAt: Date | null },
  redirectUri: string,
): boolean {
  if (isKnownCallback(redirectUri)) return true
  if (!redirectUri.startsWith('https://')) return false
  if (client.kind === 'registered') return true
  return client.approvedAt !== null && isIdentityAssured(client, redirectUri)
}

/**
 * Remembered consent from before this no longer counts: it lasts at most as long as a connection.
 *
 * @param longest maximum age of a connection, in seconds
 */
export const rememberedSince = (now: Date, longest: number): Date => later(now, -longest)

/** Whether a remembered scope covers everything that is requested now. */
export function coversScope(remembered: string, requested: string): boolean {
  const granted = splitScope(remembered)
  return splitScope(requested).every((scope) => granted.includes(scope))
}
