import 'server-only'
import { keyedHash } from '@/lib/config/secrets'

/**
 * The key of one of 65,536 counts of a kind: whoever invents e-mail addresses, or has many addresses,
 * fills no more rows than that. Which one it is takes a key of the server to know, so that nobody can
 * choose to be counted with somebody else, and those who are there are counted like those who are not.
 *
 * @param whose what a stranger chose: an e-mail address, an address of a network
 */
export function budgetKey(kind: string, whose: string): string {
  const digest = Buffer.from(keyedHash('guess-budget', `${kind} ${whose}`), 'base64url')
  return `${kind}:${digest.toString('hex', 0, 2)}`
}
