/** Fixed lifetimes, in seconds; those that operators may set are in the configuration. */
export const lifetimes = {
  /** RFC 6749 §4.1.2: at most ten minutes, the shorter the better */
  authorizationCode: 60,
  /** how long a consumed refresh token may still be repeated (OAuth 2.1 §4.3.1) */
  refreshGrace: 60,
  /** from /authorize to the person's answer */
  interaction: 30 * 60,
  /** how long a held "yes" waits at least for an operator, and then for the person's browser */
  held: 10 * 60,
} as const

/** Seconds since the epoch (RFC 7519 §2, "NumericDate"). */
export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000)

/** `seconds` after `at`. */
export const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000)
