import 'server-only'
import { keyedHash } from '@/lib/config/secrets'
import { budgetAddress } from '@/lib/http/address'
import { sameEmail } from '@/lib/store/people/users'
import { consumePoint, forgetPoints, returnPoint, secondsToWait } from '@/lib/store/rate-limits'

/** How many wrong guesses are allowed in fifteen minutes. */
const points = {
  /** from a browser that has signed in to the account before */
  device: 10,
  /** against one account, from all other browsers together */
  account: 10,
  /** from one public address, against any account, from browsers that the account does not know */
  address: 50,
  /** at the second step after a provider */
  second: 10,
  /** at the re-authentication of a signed-in person */
  proof: 10,
  /** with invalid one-time links from one public address */
  invite: 30,
} as const
const seconds = 15 * 60

type Kind = keyof typeof points

/** One counter of guesses. */
type Budget = { readonly kind: Kind; readonly key: string }

/**
 * The key of one of 65,536 counters of a kind. The limit keeps invented e-mail addresses from filling
 * the table. The hash is keyed with the server's secret, so that an attacker cannot pick a victim's
 * counter; existing and unknown accounts are counted alike.
 *
 * @param subject untrusted input: an e-mail address or a network address
 */
function budgetKey(kind: string, subject: string): string {
  const digest = Buffer.from(keyedHash('guess-budget', `${kind} ${subject}`), 'base64url')
  return `${kind}:${digest.toString('hex', 0, 2)}`
}

/**
 * The budgets for a password guess. A browser that the account knows has its own budget, so that a
 * stranger cannot throttle it.
 *
 * @param device the browser's id, if the account knows it
 */
export function guessBudgets(
  email: string,
  address: string | null,
  device: string | null,
): readonly Budget[] {
  if (device) return [{ kind: 'device', key: `sign-in:device:${device}` }]
  const network = budgetAddress(address)
  return [
    ...(network ? [{ kind: 'address', key: budgetKey('sign-in:address', network) } as const] : []),
    { kind: 'account', key: budgetKey('sign-in:account', sameEmail(email)) },
  ]
}

/** The budgets for a code after a first step at a provider, which a stranger cannot pass. */
export const secondStepBudgets = (userId: string, device: string | null): readonly Budget[] =>
  device
    ? [{ kind: 'device', key: `sign-in:device:${device}` }]
    : [{ kind: 'second', key: `sign-in:second:${userId}` }]

/** The budgets for the re-authentication of a signed-in person. @param sessionId of that browser */
export const proofBudgets = (sessionId: string): readonly Budget[] => [
  { kind: 'proof', key: `proof:session:${sessionId}` },
]

/**
 * The budgets for a one-time link. Nobody can guess 256 bits: they only limit log entries. So nothing is
 * counted for an address that many people share, and a stranger there cannot block someone's link.
 */
export function inviteBudgets(address: string | null): readonly Budget[] {
  const network = budgetAddress(address)
  return network ? [{ kind: 'invite', key: budgetKey('invite', network) }] : []
}

/** Seconds to wait before another guess, which is not counted; 0 when one may be made. */
export async function waitFor(budgets: readonly Budget[]): Promise<number> {
  const waits = budgets.map(({ kind, key }) => secondsToWait(key, points[kind], seconds))
  return Math.max(0, ...(await Promise.all(waits)))
}

/**
 * Counts a guess before it is checked, against one budget after another: once the address's budget is
 * used up, its guesses do not use the account's.
 *
 * @returns seconds to wait, or 0 when the guess may be checked
 */
export async function countGuess(budgets: readonly Budget[]): Promise<number> {
  for (const { kind, key } of budgets) {
    const wait = await consumePoint(key, points[kind], seconds)
    if (wait > 0) return wait
  }
  return 0
}

/**
 * After a correct attempt, resets the counters of the account, browser or session. An address's counter
 * is shared, so it only gets this attempt's point back.
 */
export async function forgetGuesses(budgets: readonly Budget[]): Promise<void> {
  for (const { kind, key } of budgets) {
    if (kind === 'address') await returnPoint(key, points[kind], seconds)
    else await forgetPoints(key)
  }
}
