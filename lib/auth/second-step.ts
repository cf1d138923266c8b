import 'server-only'
import { unseal } from '@/lib/config/sealed'
import { record } from '@/lib/recorder/recorder'
import type { Exchange } from '@/lib/recorder/request'
import { acceptStep, consumeRecoveryCode, findTotp, type Totp } from '@/lib/store/people/totp'
import type { User } from '@/lib/store/people/users'
import { hashRecoveryCode } from './recovery-codes'
import { CodeError, refuseSignIn } from './sign-in-exchange'
import { timeStepOf } from './totp'

/** The TOTP secret of a person; `null` unless they have confirmed it. */
export async function secondStepOf(userId: string): Promise<Totp | null> {
  const totp = await findTotp(userId)
  return totp?.confirmedAt ? totp : null
}

/** Accepts a one-time code, once. */
export async function codeAccepted(totp: Totp, code: string, now: Date): Promise<boolean> {
  const secret = unseal('totp-encryption', totp.userId, totp.secretEncrypted)
  const step = timeStepOf(secret, code.replace(/\s/g, ''), now)
  return step !== null && acceptStep(totp.userId, step)
}

/**
 * Accepts a one-time code or a recovery code, each once.
 *
 * @returns which of them it was, or `null`
 */
async function acceptedSecondStep(
  totp: Totp,
  code: string,
  now: Date,
): Promise<'one-time code' | 'recovery code' | null> {
  if (await codeAccepted(totp, code, now)) return 'one-time code'
  const hash = hashRecoveryCode(totp.userId, code.slice(0, 100))
  return (await consumeRecoveryCode(hash, totp.userId, now)) ? 'recovery code' : null
}

/**
 * Checks the second step of a person who passed the first.
 *
 * @param first the method of the first step
 * @returns the method of the whole sign-in
 * @throws {CodeError} when a code is missing or wrong
 */
export async function methodAfter(
  first: string,
  user: User,
  code: string,
  exchange: Exchange,
): Promise<string> {
  const totp = await secondStepOf(user.id)
  if (!totp) return first
  exchange.ids.userId = user.id
  if (!code) {
    record(exchange, 'operator.challenged', 200, { email: user.email })
    throw new CodeError('needed')
  }
  const second = await acceptedSecondStep(totp, code, exchange.startedAt)
  if (second) return `${first} and ${second}`
  refuseSignIn(exchange, { kind: 'one-time-code-wrong' }, 401, user.email)
  throw new CodeError('wrong')
}
