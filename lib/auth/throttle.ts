import 'server-only'
import { budgetAddress } from '@/lib/http/budget-address'
import { sameEmail } from '@/lib/store/people/users'
import { consumePoint, forgetPoints, returnPoint } from '@/lib/store/rate-limits'
import { budgetKey } from './budget-key'

/** How many wrong guesses, in how many seconds. */
const quarter = 15 * 60
const limits = {
  /** in a browser that has signed in to the account before */
  device: { points: 10, seconds: quarter },
  /** against one account, in all other browsers together */
  account: { points: 10, seconds: quarter },
  /** from one public address, against any account, in browsers that the account does not know */
  address: { points: 50, seconds: quarter },
  /** at the second step, by those who took the first one at a provider */
  second: { points: 10, seconds: quarter },
  /** at what proves who somebody is who is signed in */
  proof: { points: 10, seconds: quarter },
} as const

type Kind = keyof typeof limits

/** One count of guesses. */
export type Budget = { readonly kind: Kind; readonly key: string }

/**
 * What a guess at a password counts against. A browser that the account knows has a budget of its own,
 * so that a stranger slows the account's other browsers and never this one.
 *
 * @param device the browser's id, where the account knows it
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

/** What a code counts against whose first step was taken at a provider, which no stranger can. */
export const secondStepBudgets = (userId: string, device: string | null): readonly Budget[] =>
  device
    ? [{ kind: 'device', key: `sign-in:device:${device}` }]
    : [{ kind: 'second', key: `sign-in:second:${userId}` }]

/** What a proof counts against of somebody who is signed in. @param sessionId of that browser */
export const proofBudgets = (sessionId: string): readonly Budget[] => [
  { kind: 'proof', key: `proof:session:${sessionId}` },
]

/**
 * Counts a guess before it is checked, against one budget after another: who has used up that of
 * their address takes nothing from the account's.
 *
 * @returns seconds to wait, or 0 when the guess may be checked
 */
export async function countGuess(budgets: readonly Budget[]): Promise<number> {
  for (const { kind, key } of budgets) {
    const wait = await consumePoint(key, limits[kind].points, limits[kind].seconds)
    if (wait > 0) return wait
  }
  return 0
}

/**
 * What was right was no guess: the count against the account, browser or session ends, and that
 * of an address, which others share, gets back what this one took.
 */
export async function forgetGuesses(budgets: readonly Budget[]): Promise<void> {
  for (const { kind, key } of budgets) {
    if (kind === 'address') await returnPoint(key, limits[kind].points, limits[kind].seconds)
    else await forgetPoints(key)
  }
}
