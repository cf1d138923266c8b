/** What Node's codes mean, of those that are solved by trusting the authority of the certificate. */
const ofAuthority = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the issuer of its certificate is not known here, or it does not send the whole chain',
}

const meanings = {
  ...ofAuthority,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet, or the clock of this machine is wrong',
  CERT_REVOKED: 'its certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'it does not speak TLS on that port, or not a version that is accepted',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    'it agrees on no version or cipher of TLS, or wants a certificate of the client',
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: 'its TLS server does not know that host name',
}

type Code = keyof typeof meanings

/** OpenSSL's messages, for libraries that keep no code. */
const messages: Readonly<Record<Code, RegExp>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: /self[- ]signed certificate(?! in)/i,
  SELF_SIGNED_CERT_IN_CHAIN: /self[- ]signed certificate in certificate chain/i,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: /unable to get local issuer certificate/i,
  UNABLE_TO_GET_ISSUER_CERT: /unable to get issuer certificate/i,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: /unable to verify the first certificate/i,
  CERT_HAS_EXPIRED: /certificate has expired/i,
  CERT_NOT_YET_VALID: /certificate is not yet valid/i,
  CERT_REVOKED: /certificate revoked/i,
  ERR_TLS_CERT_ALTNAME_INVALID: /does not match certificate's altnames/i,
  ERR_SSL_WRONG_VERSION_NUMBER: /wrong version number/i,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: /alert handshake failure/i,
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: /unrecognized name/i,
}

const codes = Object.keys(meanings) as readonly Code[]

/** Why TLS with another server failed. */
type TlsCause = {
  /** Node's code */
  readonly code: Code
  /** in lower case, without a full stop, about the other server: "its certificate has expired" */
  readonly meaning: string
  /** whether trusting a private authority with `NODE_EXTRA_CA_CERTS` would help */
  readonly isOfAuthority: boolean
}

type Loose = {
  readonly code?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly error?: unknown
  readonly errors?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown }
}

const deepest = 6

/** Finds the cause by code or by message; libraries keep one or the other. */
function causeIn(code: unknown, message: unknown): TlsCause | null {
  const found =
    codes.find((one) => one === code) ??
    codes.find((one) => typeof message === 'string' && messages[one].test(message))
  if (!found) return null
  return { code: found, meaning: meanings[found], isOfAuthority: found in ofAuthority }
}

function search(error: unknown, depth: number): TlsCause | null {
  if (typeof error !== 'object' || error === null || depth > deepest) return null
  const { code, message, cause, error: inner, errors, meta } = error as Loose
  const several: readonly unknown[] = Array.isArray(errors) ? errors : []
  for (const one of [cause, inner, meta?.driverAdapterError, ...several]) {
    const found = search(one, depth + 1)
    if (found) return found
  }
  return causeIn(code, message)
}

/**
 * Why TLS failed, wherever the library keeps it; `null` for other errors.
 *
 * @param error or a text that contains the code
 */
export function tlsCauseOf(error: unknown): TlsCause | null {
  if (typeof error !== 'string') return search(error, 0)
  return causeIn(
    codes.find((one) => error.includes(one)),
    error,
  )
}

/** What to do when the certificate's authority is the operator's own. */
export const trustAuthority =
  'start Portico with NODE_EXTRA_CA_CERTS=/path/to/ca.pem, the certificate of that authority'

/** The cause in one line, with what to do; `null` for other errors. */
export function tlsCauseInWords(error: unknown): string | null {
  const cause = tlsCauseOf(error)
  if (!cause) return null
  const { code, meaning, isOfAuthority } = cause
  return `${meaning} (${code})${isOfAuthority ? `; where the authority is your own, ${trustAuthority}` : ''}`
}
