import 'server-only'
import { command, query } from '@/lib/auth/declared'
import { commitBy } from '@/lib/auth/exchange'
import { newRecoveryCodes } from '@/lib/auth/recovery-codes'
import { secondStepOf } from '@/lib/auth/second-step'
import { newTotpSecret, type QrCode, qrCode, timeStepOf, totpUri } from '@/lib/auth/totp'
import { env } from '@/lib/config/env'
import { seal, unseal } from '@/lib/config/sealed'
import { sentText } from '@/lib/http/sent'
import {
  confirmTotp,
  countRecoveryCodes,
  findTotp,
  removeTotp,
  replaceRecoveryCodes,
  saveTotpDraft,
} from '@/lib/store/people/totp'
import { accountPath } from './path'
import { type ProofResult, proofFault } from './proof-fault'

/** What an authenticator app needs; shown once, during set-up. @property secret base32 */
export type Enrolment = { readonly secret: string; readonly qr: QrCode }

/** Recovery codes, shown once, or the problem. */
export type RecoveryCodesResult =
  | { readonly ok: true; readonly codes: readonly string[] }
  | { readonly ok: false; readonly problem: string }

/** Whether the person signs in with one-time codes, and how many recovery codes are left. */
export const readTwoStep = query({ role: 'member', path: accountPath }, async ({ id }) => {
  const isOn = (await secondStepOf(id)) !== null
  return { isOn, codesLeft: isOn ? await countRecoveryCodes(id) : 0 }
})

export type TwoStep = Awaited<ReturnType<typeof readTwoStep>>

/** Creates a TOTP secret, effective once a code confirms it. @returns `null` when one is in use */
export const beginEnrolment = command(
  { role: 'member', path: accountPath, takes: [sentText] },
  async (self, proof): Promise<ProofResult<Enrolment | null>> => {
    const problem = await proofFault(self, proof)
    if (problem) return { problem }
    const secret = newTotpSecret()
    const sealed = seal('totp-encryption', self.id, secret)
    if (!(await saveTotpDraft(self.id, sealed, new Date()))) return { problem: null, done: null }
    const qr = qrCode(totpUri(secret, env().serverName, self.email))
    return { problem: null, done: { secret, qr } }
  },
)

/** Activates the secret if the code proves that the app has it. @returns the recovery codes, once */
export const confirmEnrolment = command(
  { role: 'member', path: accountPath, takes: [sentText] },
  async (self, code): Promise<RecoveryCodesResult> => {
    const draft = await findTotp(self.id)
    const expired = { ok: false, problem: 'This page has expired. Start again.' } as const
    if (!draft || draft.confirmedAt) return expired
    const secret = unseal('totp-encryption', self.id, draft.secretEncrypted)
    const step = timeStepOf(secret, code.replace(/\s/g, ''), new Date())
    if (step === null) {
      return { ok: false, problem: 'This code is not right. Wait for the next one and try that.' }
    }
    const { codes, hashes } = newRecoveryCodes(self.id)
    const { userId, secretEncrypted } = draft
    const done = await commitBy(self, {}, (describe, actor, at) =>
      confirmTotp({ userId, secretEncrypted, step, at }, hashes, actor, [
        describe('totp.enabled', { email: self.email }),
      ]),
    )
    return done ? { ok: true, codes } : expired
  },
)

/** Creates new recovery codes and invalidates the old ones. @returns them, once */
export const renewRecoveryCodes = command(
  { role: 'member', path: accountPath, takes: [sentText] },
  async (self, proof): Promise<RecoveryCodesResult> => {
    const problem = await proofFault(self, proof)
    if (problem) return { ok: false, problem }
    const { codes, hashes } = newRecoveryCodes(self.id)
    const detail = { email: self.email }
    const done = await commitBy(self, {}, (describe, actor) =>
      replaceRecoveryCodes(self.id, hashes, actor, [describe('recovery-codes.replaced', detail)]),
    )
    return done ? { ok: true, codes } : { ok: false, problem: 'One-time codes are turned off.' }
  },
)

/** Turns off one-time codes for the person. @returns the problem, or `null` */
export const switchOffTwoStep = command(
  { role: 'member', path: accountPath, takes: [sentText] },
  async (self, proof): Promise<string | null> => {
    const problem = await proofFault(self, proof)
    if (problem) return problem
    await commitBy(self, {}, (describe, actor) =>
      removeTotp(self.id, actor, [describe('totp.disabled', { email: self.email })]),
    )
    return null
  },
)
