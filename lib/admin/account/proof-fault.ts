import 'server-only'
import { query } from '@/lib/auth/declared'
import { codeAccepted, secondStepOf } from '@/lib/auth/second-step'
import type { Person } from '@/lib/auth/session'
import { forgetGuesses, proofBudgets } from '@/lib/auth/throttle'
import { passwordHashOf } from '@/lib/store/people/account-changes'
import type { Totp } from '@/lib/store/people/totp'
import { passwordFault, passwordFaultWords } from './password-fault'
import { accountPath } from './path'
import type { ProofAsked } from './views'

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
