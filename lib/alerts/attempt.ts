import { tlsCauseInWords } from '@/lib/tls-cause'

/** The result of an attempt to send. */
export type DeliveryAttempt = {
  readonly ok: boolean
  /** a short description of the response, without secrets */
  readonly outcome: string
}

const longest = 200

/**
 * Cleans another server's text for display and storage: one short line, with any secret of ours that
 * it echoes removed.
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

/** The reason for a network error: the TLS fault, or the error code if there is one. */
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
