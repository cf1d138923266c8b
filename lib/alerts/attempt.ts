import { tlsCauseInWords } from '@/lib/tls-cause'

/** How an attempt to send went. */
export type Attempt = {
  readonly ok: boolean
  /** what was answered, in a few words that hold no secret */
  readonly outcome: string
}

const longest = 200

/**
 * What another server said, fit to be shown and stored: one short line, without what it may have
 * repeated of our secrets.
 */
export function cleanOutcome(text: string, secrets: readonly string[]): string {
  const hidden = secrets
    .filter((secret) => secret.length >= 4)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
  return hidden
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, longest)
    .toWellFormed()
}

/** The reason behind an error of the network: what is wrong with TLS, or its code where it has one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'took too long'
  const ofTls = tlsCauseInWords(error)
  if (ofTls) return ofTls
  const cause = error.cause instanceof Error ? error.cause : error
  return 'code' in cause && typeof cause.code === 'string'
    ? `${cause.code}: ${cause.message}`
    : cause.message
}
