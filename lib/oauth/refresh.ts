import type { PlainReasonKind } from '@/lib/reasons'
import type { GrantStatus, Role } from '@/lib/vocabulary'
import { OAuthError } from './errors'
import { later, lifetimes } from './lifetimes'
import { checkMadeFor, type OwnResource, resolveResource } from './resource'
import { narrowScope } from './scope'
import { heldScope } from './step-up'

/** A stored refresh token. */
export type KnownRefreshToken = {
  readonly clientId: string
  readonly scope: string
  readonly resource: string
  readonly expiresAt: Date
  readonly consumedAt: Date | null
  readonly revokedAt: Date | null
  readonly grantStatus: GrantStatus
  readonly userDisabled: boolean
}

/** RFC 6749 §5.2: one description for all, the exact reason for the log. */
const invalidGrant = (kind: PlainReasonKind): OAuthError =>
  new OAuthError('invalid_grant', { kind }, { wire: 'refresh-token' })

/**
 * Checks whether a refresh token may be used (RFC 6749 §6, OAuth 2.1 §4.3.1), except for its single use.
 *
 * @returns the token
 * @throws {OAuthError} `invalid_grant` or `invalid_target`
 */
export function checkRefresh<Token extends KnownRefreshToken>(
  token: Token | null,
  clientId: string,
  resources: readonly string[],
  own: OwnResource,
  now: Date,
): Token {
  if (!token) throw invalidGrant('refresh-token-unknown')
  if (token.clientId !== clientId) throw invalidGrant('refresh-token-of-another-client')
  if (token.grantStatus !== 'active') throw invalidGrant(`grant-${token.grantStatus}`)
  if (token.revokedAt) throw invalidGrant('refresh-token-revoked')
  if (token.userDisabled) throw invalidGrant('user-disabled')
  if (token.expiresAt <= now) throw invalidGrant('refresh-token-expired')
  checkMadeFor(token.resource, own)
  resolveResource(resources, own)
  return token
}

/**
 * The scope of the new access token: at most what was granted, and only what the person's role still
 * allows.
 *
 * @throws {OAuthError} `invalid_scope`
 */
export function checkRefreshScope(
  granted: string,
  requested: string | undefined,
  role: Role,
): string {
  const scope = heldScope(narrowScope(granted, requested) ?? '', role)
  if (scope === '') throw new OAuthError('invalid_scope', { kind: 'scope-exceeds-grant' })
  return scope
}

/**
 * What happens to a refresh token. A consumed one still returns its successor for a short while: hosted
 * Claude refreshes from several machines at once, and clients retry after a lost answer. Later it is a
 * replay (OAuth 2.1 §4.3.1).
 */
export function refreshOutcome(
  token: Pick<KnownRefreshToken, 'consumedAt'>,
  now: Date,
): 'rotate' | 'repeat' | 'reused' {
  if (!token.consumedAt) return 'rotate'
  return now <= later(token.consumedAt, lifetimes.refreshGrace) ? 'repeat' : 'reused'
}

/** The refusal of a refresh token that was exchanged long before. */
export const refreshTokenReused = (): OAuthError => invalidGrant('refresh-token-used')

/** The refusal when the grant ended while the token was being exchanged. */
export const refreshGrantEnded = (): OAuthError => invalidGrant('grant-inactive')
