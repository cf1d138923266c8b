import 'server-only'
import { unseal } from '@/lib/sealed'
import { acceptStep, consumeRecoveryCode, findTotp, type Totp } from '@/lib/store/totp'
import { hashRecoveryCode } from './recovery-codes'
import { stepOf } from './totp'

/** The secret of a person who signs in with one-time codes; `null` for one who does not. */
export async function secondStepOf(userId: string): Promise<Totp | null> {
  const totp = await findTotp(userId)
  return totp?.confirmedAt ? totp : null
}

/** Accepts a one-time code, once. */
export async function codeAccepted(totp: Totp, code: string, now: Date): Promise<boolean> {
  const secret = unseal('totp-encryption', totp.userId, totp.secretEncrypted)
  const step = stepOf(secret, code.replace(/\s/g, ''), now)
  return step !== null && acceptStep(totp.userId, step)
}

/**
 * Accepts a one-time code or a recovery code, each once.
 *
 * @returns which of them it was, or `null`
 */
export async function secondStepTaken(
  totp: Totp,
  code: string,
  now: Date,
): Promise<'one-time code' | 'recovery code' | null> {
  if (await codeAccepted(totp, code, now)) return 'one-time code'
  const hash = hashRecoveryCode(totp.userId, code.slice(0, 100))
  return (await consumeRecoveryCode(hash, totp.userId, now)) ? 'recovery code' : null
}
