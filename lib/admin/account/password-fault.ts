import 'server-only'
import { operatorExchange } from '@/lib/auth/exchange'
import { passwordMatches } from '@/lib/auth/passwords'
import { requireOperator } from '@/lib/auth/session'
import { countGuess, forgetGuesses } from '@/lib/auth/throttle'
import { passwordHashOf } from '@/lib/store/account-changes'
import { accountPath } from './self'

/**
 * Checks the password of whoever is signed in: an unlocked screen is not enough to change how an
 * account is protected. Guesses count as they do at sign-in.
 *
 * @returns what is wrong, or `null`
 */
export async function passwordFault(password: string): Promise<string | null> {
  const self = await requireOperator('member', accountPath)
  const { address } = await operatorExchange(self, accountPath)
  if ((await countGuess(self.email, address)) > 0) {
    return 'Too many attempts. Wait a quarter of an hour before the next one.'
  }
  if (!(await passwordMatches(password, await passwordHashOf(self.id)))) {
    return 'This is not your present password.'
  }
  await forgetGuesses(self.email)
  return null
}
