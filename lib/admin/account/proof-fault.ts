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

/** How long signing in proves who somebody is who has nothing to type, in milliseconds. */
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

/** What is asked for before anything is changed by which one signs in. */
export const readProofAsked = query(
  { role: 'member', path: accountPath },
  async (self): Promise<ProofAsked> => {
    return (await proofsOf(self.id)).asked
  },
)

const signedInLately = ({ signedInAt }: Person): boolean =>
  Date.now() - signedInAt.getTime() < provenForMs

/**
 * Checks that whoever is signed in is also who they say: by their password or a one-time code, or,
 * where they have neither, by having signed in lately. Guesses are counted.
 *
 * @returns what is wrong, or `null`
 */
export async function proofFault(self: Person, proof: string): Promise<string | null> {
  const { asked, totp } = await proofsOf(self.id)
  if (asked === 'sign-in') return signedInLately(self) ? null : wrong[asked]
  // a code is only looked at once a guess was counted for it
  const fault = await passwordFault(self, proof)
  if (fault !== 'wrong') return fault && passwordFaultWords[fault]
  if (!totp || !(await codeAccepted(totp, proof, new Date()))) return wrong[asked]
  await forgetGuesses(proofBudgets(self.sessionId))
  return null
}
