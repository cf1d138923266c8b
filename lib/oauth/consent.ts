import { isKnownCallback } from './known-callbacks'
import { later } from './lifetimes'
import { isLoopbackRedirect } from './redirect-uri'
import { splitScope } from './scope'

/** What a client is, as far as a remembered consent depends on it. */
export type ConsentClient = {
  readonly id: string
  readonly kind: 'dynamic' | 'metadata_document' | 'registered'
  readonly authMethod: string
}

/**
 * Whether it is certain who gets the code: only then may a "yes" be remembered (OAuth 2.1 "Client
 * Impersonation"). Anybody can register dynamically under any name, and anything can listen on
 * loopback, so neither counts. A metadata document vouches for redirects to its own host, and a
 * client that an admin made and that keeps a secret vouches for itself.
 */
export function isIdentityAssured(client: ConsentClient, redirectUri: string): boolean {
  if (!redirectUri.startsWith('https://') || isLoopbackRedirect(redirectUri)) return false
  if (client.kind === 'metadata_document') {
    return new URL(client.id).host === new URL(redirectUri).host
  }
  return client.kind === 'registered' && client.authMethod !== 'none'
}

/**
 * Whether it is certain whose address an answer goes to, and that nobody made it up to be sent
 * there: a well-known product's, one that an admin typed in, or that of a document on the same host
 * which an operator has approved. Anybody can publish a document on a host of their own.
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
 * What was remembered before this counts no more: a "yes" lasts for as long as a connection may at most.
 *
 * @param longest life of a connection, in seconds
 */
export const rememberedSince = (now: Date, longest: number): Date => later(now, -longest)

/** Whether a remembered scope covers everything that is asked for now. */
export function coversScope(remembered: string, requested: string): boolean {
  const granted = splitScope(remembered)
  return splitScope(requested).every((scope) => granted.includes(scope))
}
