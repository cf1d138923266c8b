import 'server-only'
import { passwordMatches } from '@/lib/auth/passwords'
import type { Person } from '@/lib/auth/session'
import { countGuess, forgetGuesses, proofBudgets } from '@/lib/auth/throttle'
import { passwordHashOf } from '@/lib/store/people/account-changes'

/** Why a password is not accepted as proof. */
export type PasswordFault = 'throttled' | 'wrong'

/** The messages for these faults. */
export const passwordFaultWords: Record<PasswordFault, string> = {
  throttled: 'Too many attempts. Try again in 15 minutes.',
  wrong: 'This is not your current password.',
}

/**
 * Checks the password of the signed-in person: an unlocked screen must not be enough to change how an
 * account is protected. Guesses count against the session, so that a stranger's guesses at sign-in do
 * not block the person here.
 *
 * @returns the fault, or `null`
 */
export async function passwordFault(self: Person, password: string): Promise<PasswordFault | null> {
  const budgets = proofBudgets(self.sessionId)
  if ((await countGuess(budgets)) > 0) return 'throttled'
  if (!(await passwordMatches(password, await passwordHashOf(self.id), 'known'))) return 'wrong'
  await forgetGuesses(budgets)
  return null
}
