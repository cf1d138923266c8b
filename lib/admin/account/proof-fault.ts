import 'server-only'
import { query } from '@/lib/auth/declared'
import { passwordMatches } from '@/lib/auth/passwords'
import { codeAccepted, secondStepOf } from '@/lib/auth/second-step'
import type { Person } from '@/lib/auth/session'
import { countGuess, forgetGuesses, proofBudgets } from '@/lib/auth/throttle'
import { passwordHashOf } from '@/lib/store/people/account-changes'
import type { Totp } from '@/lib/store/people/totp'
import { accountPath } from './path'

/** What proves that the signed-in person is the account's owner: what they type, or a recent sign-in. */
export type ProofAsked = 'password' | 'password-or-code' | 'code' | 'sign-in'

/** The result of an action that needs a proof, or the problem with the proof. */
export type ProofResult<What> =
  | { readonly problem: string }
  | { readonly problem: null; readonly done: What }

type PasswordFault = 'throttled' | 'wrong'

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

/** How long a sign-in counts as proof for a person without password or codes, in milliseconds. */
const provenForMs = 10 * 60_000

const wrong: Readonly<Record<ProofAsked, string>> = {
  'password-or-code': 'This is neither your password nor a code that is valid now.',
  password: passwordFaultWords.wrong,
  code: 'This code is not valid now.',
  'sign-in':
    'You signed in more than ten minutes ago. Sign out, sign in again, and come back here.',
}

type Proofs = { readonly asked: ProofAsked; readonly totp: Totp | null }

async function proofsOf(userId: string): Promise<Proofs> {
  const [hash, totp] = await Promise.all([passwordHashOf(userId), secondStepOf(userId)])
  if (hash !== null) return { asked: totp ? 'password-or-code' : 'password', totp }
  return { asked: totp ? 'code' : 'sign-in', totp }
}

/** The proof required before a change of sign-in methods. */
export const readProofAsked = query(
  { role: 'member', path: accountPath },
  async (self): Promise<ProofAsked> => {
    return (await proofsOf(self.id)).asked
  },
)

const signedInLately = ({ signedInAt }: Person): boolean =>
  Date.now() - signedInAt.getTime() < provenForMs

/**
 * Checks that the signed-in person is the account's owner: by password or one-time code or, if they have
 * neither, by a recent sign-in. Guesses are counted.
 *
 * @returns the problem, or `null`
 */
export async function proofFault(self: Person, proof: string): Promise<string | null> {
  const { asked, totp } = await proofsOf(self.id)
  if (asked === 'sign-in') return signedInLately(self) ? null : wrong[asked]
  // counts a guess before the code is checked
  const fault = await passwordFault(self, proof)
  if (fault !== 'wrong') return fault && passwordFaultWords[fault]
  if (!totp || !(await codeAccepted(totp, proof, new Date()))) return wrong[asked]
  await forgetGuesses(proofBudgets(self.sessionId))
  return null
}
