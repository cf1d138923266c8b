import { type Reason, reasonWords, wireText, wireWords } from '@/lib/reasons'

/** Error codes that requests are refused with. */
export type OAuthErrorCode =
  // of the authorization and the token endpoint (RFC 6749 §4.1.2.1 and §5.2)
  | 'invalid_request'
  | 'unauthorized_client'
  | 'invalid_scope'
  | 'unsupported_response_type'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  // of dynamic client registration (RFC 7591 §3.2.2)
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  // RFC 8707 §2
  | 'invalid_target'

/** Addresses that a refusal is about, for the log and for diagnosis. */
export type RefusedAddresses = {
  /** the stored resource that a code or a grant was issued for */
  readonly madeFor?: string | undefined
  /** the requested resource, without query and credentials */
  readonly wanted?: string | undefined
}

/**
 * A refusal with an OAuth error code. The place that catches it decides how it is answered: as a page,
 * by redirect, as JSON or as a challenge.
 */
export class OAuthError extends Error {
  override name = 'OAuthError'
  readonly description: string

  readonly addresses: RefusedAddresses

  /**
   * @param code sent as `error`
   * @param reason the exact reason; its words are sent as `error_description`
   * @param wire what is sent instead when the reason is only for the log
   * @param addresses the addresses it is about, if any
   */
  constructor(
    readonly code: OAuthErrorCode,
    readonly reason: Reason,
    { wire, addresses = {} }: { wire?: keyof typeof wireWords; addresses?: RefusedAddresses } = {},
  ) {
    super(`${code}: ${reasonWords(reason)}`)
    this.description = wireText(wire ? wireWords[wire] : reasonWords(reason))
    this.addresses = addresses
  }

  /** The HTTP status of a JSON answer: 401 for `invalid_client` (RFC 6749 §5.2), else 400. */
  get status(): 400 | 401 {
    return this.code === 'invalid_client' ? 401 : 400
  }
}

/** What the log says of a refusal. */
export const refusalDetail = ({ code, description, reason }: OAuthError) => ({
  error: code,
  description,
  reason,
})

/** Shorthands for common refusals. */
export const invalidRequest = (reason: Reason): OAuthError =>
  new OAuthError('invalid_request', reason)
export const unreadableForm = (problem: string): OAuthError =>
  new OAuthError('invalid_request', { kind: 'form-unreadable', problem }, { wire: 'form' })
export const parameterMissing = (parameter: string): OAuthError =>
  invalidRequest({ kind: 'parameter-missing', parameter })
