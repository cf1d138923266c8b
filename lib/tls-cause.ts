/** Node's code, OpenSSL's message, and what it means. */
type Cause = readonly [code: string, words: RegExp, meaning: string]

/** Solved by trusting the authority of the certificate. */
const ofAuthority: readonly Cause[] = [
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    /self[- ]signed certificate(?! in)/i,
    'its certificate is self-signed',
  ],
  [
    'SELF_SIGNED_CERT_IN_CHAIN',
    /self[- ]signed certificate in certificate chain/i,
    'its certificate comes from an authority that is not known here',
  ],
  [
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    /unable to get local issuer certificate/i,
    'the issuer of its certificate is not known here',
  ],
  [
    'UNABLE_TO_GET_ISSUER_CERT',
    /unable to get issuer certificate/i,
    'the issuer of its certificate is not known here',
  ],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    /unable to verify the first certificate/i,
    'the issuer of its certificate is not known here, or it does not send the whole chain',
  ],
]

const causes: readonly Cause[] = [
  ...ofAuthority,
  ['CERT_HAS_EXPIRED', /certificate has expired/i, 'its certificate has expired'],
  [
    'CERT_NOT_YET_VALID',
    /certificate is not yet valid/i,
    'its certificate is not valid yet, or the clock of this machine is wrong',
  ],
  ['CERT_REVOKED', /certificate revoked/i, 'its certificate was revoked'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    /does not match certificate's altnames/i,
    'its certificate is for another host name',
  ],
  [
    'ERR_SSL_WRONG_VERSION_NUMBER',
    /wrong version number/i,
    'it does not speak TLS on that port, or not a version that is accepted',
  ],
  [
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    /alert handshake failure/i,
    'it agrees on no version or cipher of TLS, or wants a certificate of the client',
  ],
  [
    'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
    /unrecognized name/i,
    'its TLS server does not know that host name',
  ],
]

/** Why TLS with another server failed. */
type TlsCause = {
  /** Node's code */
  readonly code: string
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
    causes.find(([one]) => one === code) ??
    causes.find(([, words]) => typeof message === 'string' && words.test(message))
  if (!found) return null
  const [name, , meaning] = found
  return { code: name, meaning, isOfAuthority: ofAuthority.includes(found) }
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
  const [code] = causes.find(([one]) => error.includes(one)) ?? []
  return causeIn(code, error)
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
