import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import type { ActionResult } from '@/components/kit/outcome'
import type { AccountResult } from '@/lib/admin/account/profile'
import type { ProofResult } from '@/lib/admin/account/proof-fault'
import type { Enrolment, RecoveryCodesResult } from '@/lib/admin/account/two-step'

/** Submits a form of the account page; the state is `null` before the first submit. */
export type FormAction = (before: AccountResult | null, form: FormData) => Promise<AccountResult>

/** Actions on the user's own sessions. */
export type SessionsActions = {
  readonly end: (id: string) => Promise<ActionResult>
  readonly endOthers: () => Promise<ActionResult>
}

/** Actions on one-time codes. A proof is a password or a code. */
export type TwoStepActions = {
  /** returns `null` when they are already on */
  readonly begin: (proof: string) => Promise<ProofResult<Enrolment | null>>
  readonly confirm: (code: string) => Promise<RecoveryCodesResult>
  readonly renew: (proof: string) => Promise<RecoveryCodesResult>
  /** returns an error or `null` */
  readonly switchOff: (proof: string) => Promise<string | null>
}

/** Actions on passkeys; they need the same proof as one-time codes. */
export type PasskeyActions = {
  /** WebAuthn creation options; `null` at the passkey limit */
  readonly begin: (
    proof: string,
  ) => Promise<ProofResult<PublicKeyCredentialCreationOptionsJSON | null>>
  readonly add: (answer: string, name: string) => Promise<ActionResult>
  readonly rename: (id: string, name: string) => Promise<ActionResult>
  readonly remove: (id: string, proof: string) => Promise<ProofResult<ActionResult>>
}

/** Runs the WebAuthn prompt; returns its JSON, or `null` if the user cancelled. */
export type MakePasskey = (
  options: PublicKeyCredentialCreationOptionsJSON,
) => Promise<string | null>
