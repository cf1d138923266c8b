import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'

/** The parameters all authenticator apps support (RFC 6238 §4, Google's key URI format). */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** One step of tolerance in either direction (RFC 6238 §5.2). */
const window = 1

/** A new secret of 160 bits (RFC 4226 §4), base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

const totpOf = (secret: string, issuer?: string, label?: string): TOTP =>
  new TOTP({ ...shape, issuer, label, secret: Secret.fromBase32(secret) })

/** The key URI that an authenticator app reads from a QR code. */
export const totpUri = (secret: string, serverName: string, email: string): string =>
  totpOf(secret, serverName, email).toString()

/**
 * Checks a code at a time.
 *
 * @returns the code's time step, or `null`; the caller must accept each step only once
 */
export function timeStepOf(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = now.getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window })
  return delta === null ? null : TOTP.counter({ period: shape.period, timestamp }) + delta
}

/** A QR code as an SVG path of its dark modules, one unit each. */
export type QrCode = { readonly size: number; readonly path: string }

/** The QR code of a text. */
export function qrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: 2 })
  const rows = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  )
  return { size, path: rows.join('') }
}
