/** Error codes of the authorization endpoint (RFC 6749 §4.1.2.1). */
type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'server_error'
  | 'temporarily_unavailable'

/** Error codes of the token endpoint (RFC 6749 §5.2). */
type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'

/** Error codes of dynamic client registration (RFC 7591 §3.2.2). */
type RegistrationErrorCode = 'invalid_redirect_uri' | 'invalid_client_metadata'

/** RFC 7009 §2.2.1. */
type RevocationErrorCode = 'unsupported_token_type'

/** RFC 8707 §2. */
type ResourceIndicatorErrorCode = 'invalid_target'

/** Error codes of a protected resource (RFC 6750 §3.1). */
type BearerErrorCode = 'invalid_token' | 'insufficient_scope'

/** Every error code Portico answers with, grouped by the RFC that defines it. */
export type OAuthErrorCode =
  | AuthorizationErrorCode
  | TokenErrorCode
  | RegistrationErrorCode
  | RevocationErrorCode
  | ResourceIndicatorErrorCode
  | BearerErrorCode

/** `error_description` has neither `"` nor `\`, and ASCII only (RFC 6749 §4.1.2.1, §5.2). */
const wireText = (text: string): string => text.replaceAll('"', "'").replace(/[^ !#-[\]-~]/g, '?')

/** Addresses that a refusal is about, for the log and for whoever looks for its cause. */
export type RefusedAddresses = {
  /** the resource that a code or a grant was made for, as it was stored */
  readonly madeFor?: string | undefined
  /** the resource that was asked for, without query and credentials */
  readonly wanted?: string | undefined
}

/**
 * A refusal in OAuth's own words. The place where it is caught decides how it is answered: as a
 * page, by redirect, as JSON or as a challenge.
 */
export class OAuthError extends Error {
  override name = 'OAuthError'
  readonly description: string

  /**
   * @param code goes on the wire as `error`
   * @param description goes on the wire as `error_description`
   * @param detail why exactly, for the log only; never a value that was sent
   * @param addresses where it is about one
   */
  constructor(
    readonly code: OAuthErrorCode,
    description: string,
    readonly detail: string = description,
    readonly addresses: RefusedAddresses = {},
  ) {
    super(`${code}: ${detail}`)
    this.description = wireText(description)
  }

  /** The HTTP status of a JSON answer: 401 for `invalid_client` (RFC 6749 §5.2), else 400. */
  get status(): 400 | 401 {
    return this.code === 'invalid_client' ? 401 : 400
  }
}

/** Shorthand for the commonest refusal. */
export const invalidRequest = (description: string, detail?: string): OAuthError =>
  new OAuthError('invalid_request', description, detail)
