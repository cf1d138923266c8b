import 'server-only'
import { codeAccepted, secondStepOf } from '@/lib/auth/second-step'
import { requireOperator } from '@/lib/auth/session'
import { passwordFault, passwordFaultWords } from './password-fault'
import { accountPath } from './self'

/**
 * Checks that whoever is signed in is also who they say: by their password or a one-time code.
 * Guesses count as they do at sign-in.
 *
 * @returns what is wrong, or `null`
 */
export async function proofFault(proof: string): Promise<string | null> {
  const self = await requireOperator('member', accountPath)
  const totp = await secondStepOf(self.id)
  // a code is only looked at once a guess was counted for it
  const fault = await passwordFault(proof)
  if (fault !== 'wrong') return fault && passwordFaultWords[fault]
  const accepted = totp && (await codeAccepted(totp, proof, new Date()))
  return accepted ? null : 'This is neither your password nor a code that is valid now.'
}
