import type { Outcome } from '@/components/admin/outcome'
import type { AccountResult } from '@/lib/admin/account/profile'
import type { Enrolment, RecoveryCodesResult } from '@/lib/admin/account/views'

/** Sends a form of the account page; `null` is what was there before the first. */
export type FormAction = (before: AccountResult | null, form: FormData) => Promise<AccountResult>

/** What people may do with where they are signed in. */
export type SessionsActions = {
  readonly end: (id: string) => Promise<Outcome>
  readonly endOthers: () => Promise<Outcome>
}

/** What people may do with their one-time codes. A proof is a password or a code. */
export type TwoStepActions = {
  readonly begin: () => Promise<Enrolment | null>
  readonly confirm: (code: string) => Promise<RecoveryCodesResult>
  readonly renew: (proof: string) => Promise<RecoveryCodesResult>
  /** returns what is wrong, or `null` */
  readonly switchOff: (proof: string) => Promise<string | null>
}
