import 'server-only'
import { keyedHash } from '@/lib/config/secrets'

/**
 * The key of one of 65,536 counters of a kind. The limit keeps invented e-mail addresses from filling
 * the table. The hash is keyed with the server's secret, so that an attacker cannot pick a victim's
 * counter; existing and unknown accounts are counted alike.
 *
 * @param subject untrusted input: an e-mail address or a network address
 */
export function budgetKey(kind: string, subject: string): string {
  const digest = Buffer.from(keyedHash('guess-budget', `${kind} ${subject}`), 'base64url')
  return `${kind}:${digest.toString('hex', 0, 2)}`
}
