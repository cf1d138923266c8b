import type { Reason, wireWords } from '@/lib/reasons'
import { OAuthError, type OAuthErrorCode } from './errors'

/** Why the authorization endpoint refuses a client; each problem has its own remedy. */
export type ClientProblem =
  | 'unknown'
  | 'disabled'
  /** its id is a URL that no metadata document can have (CIMD §3) */
  | 'id'
  /** its metadata document could not be fetched (CIMD §4) */
  | 'document-away'
  /** its metadata document was read and is invalid */
  | 'document-invalid'
  /** the redirect URI is not registered (OAuth 2.1 §4.1.3) */
  | 'redirect-of-dynamic'
  | 'redirect-of-document'
  | 'redirect-of-registered'

/** A refusal because of the client itself, shown only to the person (RFC 9700 §4.11.2). */
export class RefusedClient extends OAuthError {
  override name = 'RefusedClient'

  constructor(
    readonly problem: ClientProblem,
    reason: Reason,
    options: { readonly code?: OAuthErrorCode; readonly wire?: keyof typeof wireWords } = {},
  ) {
    super(options.code ?? 'unauthorized_client', reason, options)
  }
}
