import 'server-only'
import { passwordMatches } from '@/lib/auth/passwords'
import type { Person } from '@/lib/auth/session'
import { countGuess, forgetGuesses, proofBudgets } from '@/lib/auth/throttle'
import { passwordHashOf } from '@/lib/store/people/account-changes'

/** What may be wrong with a password that proves who somebody is. */
export type PasswordFault = 'throttled' | 'wrong'

/** What is said of it. */
export const passwordFaultWords: Record<PasswordFault, string> = {
  throttled: 'Too many attempts. Try again in 15 minutes.',
  wrong: 'This is not your current password.',
}

/**
 * Checks the password of whoever is signed in: an unlocked screen is not enough to change how an
 * account is protected. Guesses count against the session: a stranger who guesses at sign-in does
 * not keep somebody from it who is signed in.
 *
 * @returns what is wrong, or `null`
 */
export async function passwordFault(self: Person, password: string): Promise<PasswordFault | null> {
  const budgets = proofBudgets(self.sessionId)
  if ((await countGuess(budgets)) > 0) return 'throttled'
  if (!(await passwordMatches(password, await passwordHashOf(self.id), 'known'))) return 'wrong'
  await forgetGuesses(budgets)
  return null
}
