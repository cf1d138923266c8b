import type { PlainReasonKind } from '@/lib/reasons'
import { OAuthError } from './errors'
import { checkKept, type KeptParameters } from './kept-parameters'
import type { Parameters } from './parameters'
import type { KnownRefreshToken } from './refresh'
import type { OwnResource } from './resource'

/** A stored code. */
export type KnownCode = KeptParameters &
  Omit<KnownRefreshToken, 'revokedAt'> & { readonly redirectUri: string }

/** RFC 6749 §5.2: one description for all, the exact reason for the log. */
const invalidGrant = (kind: PlainReasonKind): OAuthError =>
  new OAuthError('invalid_grant', { kind }, { wire: 'code' })

/**
 * Checks whether a code may be exchanged (OAuth 2.1 §4.1.3), except for its single use, which the store
 * ensures atomically. The verifier is checked first of what an attacker cannot know, so that a replay
 * with a wrong one never gets far enough to revoke the grant.
 *
 * @returns the code
 * @throws {OAuthError} `invalid_grant`, `invalid_request` or `invalid_target`
 */
export function checkCodeExchange<Code extends KnownCode>(
  code: Code | null,
  clientId: string,
  parameters: Parameters,
  resources: readonly string[],
  own: OwnResource,
  now: Date,
): Code {
  if (!code) throw invalidGrant('code-unknown')
  if (code.clientId !== clientId) throw invalidGrant('code-of-another-client')
  // OAuth 2.1 §10.2: clients of that version omit it; if present it must be the same
  if (parameters.redirect_uri !== undefined && parameters.redirect_uri !== code.redirectUri) {
    throw invalidGrant('code-redirect-uri')
  }
  checkKept(code, { parameters, resources, own })
  if (code.expiresAt <= now && !code.consumedAt) throw invalidGrant('code-expired')
  if (code.userDisabled) throw invalidGrant('user-disabled')
  return code
}

/** The refusal of a code that was already used. */
export const codeWasUsed = (): OAuthError => invalidGrant('code-used')

/** The refusal of a code whose grant has ended. */
export const codeGrantEnded = (): OAuthError => invalidGrant('grant-inactive')
