import type { Outcome } from '@/components/admin/outcome'
import type { AccountResult } from '@/lib/admin/account/profile'

/** Sends a form of the account page; `null` is what was there before the first. */
export type FormAction = (before: AccountResult | null, form: FormData) => Promise<AccountResult>

/** What people may do with where they are signed in. */
export type SessionsActions = {
  readonly end: (id: string) => Promise<Outcome>
  readonly endOthers: () => Promise<Outcome>
}
