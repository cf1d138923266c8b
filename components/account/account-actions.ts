import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import type { Outcome } from '@/components/kit/outcome'
import type { AccountResult } from '@/lib/admin/account/profile'
import type { Enrolment, Proven, RecoveryCodesResult } from '@/lib/admin/account/views'

/** Sends a form of the account page; `null` is what was there before the first. */
export type FormAction = (before: AccountResult | null, form: FormData) => Promise<AccountResult>

/** What people may do with where they are signed in. */
export type SessionsActions = {
  readonly end: (id: string) => Promise<Outcome>
  readonly endOthers: () => Promise<Outcome>
}

/** What people may do with their one-time codes. A proof is a password or a code. */
export type TwoStepActions = {
  /** `null` when they are on already */
  readonly begin: (proof: string) => Promise<Proven<Enrolment | null>>
  readonly confirm: (code: string) => Promise<RecoveryCodesResult>
  readonly renew: (proof: string) => Promise<RecoveryCodesResult>
  /** returns what is wrong, or `null` */
  readonly switchOff: (proof: string) => Promise<string | null>
}

/** What people may do with their passkeys. A proof is asked for as with one-time codes. */
export type PasskeyActions = {
  /** what the browser needs to make one; `null` when there are too many */
  readonly begin: (proof: string) => Promise<Proven<PublicKeyCredentialCreationOptionsJSON | null>>
  readonly add: (answer: string, name: string) => Promise<Outcome>
  readonly rename: (id: string, name: string) => Promise<Outcome>
  readonly remove: (id: string, proof: string) => Promise<Proven<Outcome>>
}

/** Lets the browser make a passkey; its answer is JSON, `null` when the person cancelled. */
export type MakePasskey = (
  options: PublicKeyCredentialCreationOptionsJSON,
) => Promise<string | null>
