import 'server-only'
import { hashRecoveryCode, newRecoveryCodes } from '@/lib/auth/recovery-codes'
import { secondStepOf } from '@/lib/auth/second-step'
import { requireOperator } from '@/lib/auth/session'
import { newTotpSecret, qrCode, stepOf, totpUri } from '@/lib/auth/totp'
import { env } from '@/lib/env'
import { seal, unseal } from '@/lib/sealed'
import {
  confirmTotp,
  countRecoveryCodes,
  findTotp,
  removeTotp,
  replaceRecoveryCodes,
  saveTotpDraft,
} from '@/lib/store/totp'
import { proofFault } from './proof-fault'
import { accountPath, changeSelf } from './self'
import type { Enrolment, Proven, RecoveryCodesResult, TwoStep } from './views'

/** Whether one signs in with one-time codes, and how many recovery codes are left. */
export async function readTwoStep(): Promise<TwoStep> {
  const { id } = await requireOperator('member', accountPath)
  const isOn = (await secondStepOf(id)) !== null
  return { isOn, codesLeft: isOn ? await countRecoveryCodes(id) : 0 }
}

/** Makes a secret for one's authenticator app. It counts once a code has confirmed it. @returns `null` when one is in use */
export async function beginEnrolment(proof: string): Promise<Proven<Enrolment | null>> {
  const self = await requireOperator('member', accountPath)
  const problem = await proofFault(proof)
  if (problem) return { problem }
  const secret = newTotpSecret()
  const sealed = seal('totp-encryption', self.id, secret)
  if (!(await saveTotpDraft(self.id, sealed, new Date()))) return { problem: null, done: null }
  const qr = qrCode(totpUri(secret, env().serverName, self.email))
  return { problem: null, done: { secret, qr } }
}

/** Puts the secret to use, if the code shows that the app has it. @returns the recovery codes, once */
export async function confirmEnrolment(code: string): Promise<RecoveryCodesResult> {
  const self = await requireOperator('member', accountPath)
  const draft = await findTotp(self.id)
  if (!draft || draft.confirmedAt) return { ok: false, problem: 'Begin again: this page is old.' }
  const secret = unseal('totp-encryption', self.id, draft.secretEncrypted)
  const step = stepOf(secret, code.replace(/\s/g, ''), new Date())
  if (step === null) {
    return { ok: false, problem: 'This code is not right. Wait for the next one and try that.' }
  }
  const { actor, at, commit } = await changeSelf()
  const codes = newRecoveryCodes()
  const hashes = codes.map((one) => hashRecoveryCode(self.id, one))
  const confirmed = { userId: self.id, secretEncrypted: draft.secretEncrypted, step, at }
  const done = await commit((tell) =>
    confirmTotp(confirmed, hashes, actor, [tell('totp.enabled', { email: self.email })]),
  )
  return done ? { ok: true, codes } : { ok: false, problem: 'Begin again: this page is old.' }
}

/** Makes new recovery codes; the earlier ones let nobody in any more. @returns them, once */
export async function renewRecoveryCodes(proof: string): Promise<RecoveryCodesResult> {
  const self = await requireOperator('member', accountPath)
  const problem = await proofFault(proof)
  if (problem) return { ok: false, problem }
  const { actor, commit } = await changeSelf()
  const codes = newRecoveryCodes()
  const hashes = codes.map((one) => hashRecoveryCode(self.id, one))
  const told = { email: self.email }
  const done = await commit((tell) =>
    replaceRecoveryCodes(self.id, hashes, actor, [tell('recovery-codes.replaced', told)]),
  )
  return done ? { ok: true, codes } : { ok: false, problem: 'One-time codes are switched off.' }
}

/** Signs in without one-time codes from now on. @returns what is wrong, or `null` */
export async function switchOffTwoStep(proof: string): Promise<string | null> {
  const self = await requireOperator('member', accountPath)
  const problem = await proofFault(proof)
  if (problem) return problem
  const { actor, commit } = await changeSelf()
  await commit((tell) => removeTotp(self.id, actor, [tell('totp.disabled', { email: self.email })]))
  return null
}
