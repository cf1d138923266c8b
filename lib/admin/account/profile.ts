import 'server-only'
import { rememberDevice } from '@/lib/auth/device'
import { hashPassword, passwordProblem } from '@/lib/auth/passwords'
import { currentSessionId, requireOperator } from '@/lib/auth/session'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import {
  changePassword as changeStoredPassword,
  passwordHashOf,
  renameAccount,
} from '@/lib/store/account-changes'
import { passwordFault, passwordFaultWords } from './password-fault'
import { accountPath, changeSelf } from './self'
import type { AccountProfile } from './views'

/** How a change went: what to say, or what is wrong, by field. */
export type AccountResult =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

/** The account of whoever is signed in. */
export async function readProfile(): Promise<AccountProfile> {
  const { id, email, name, role } = await requireOperator('member', accountPath)
  return { email, name, role, hasPassword: (await passwordHashOf(id)) !== null }
}

/** Gives one's own account another name; without one it goes by its e-mail address. */
export async function rename(name: string): Promise<AccountResult> {
  await requireOperator('member', accountPath)
  const wanted = shownText(name, longestName + 1) || null
  if (wanted && [...wanted].length > longestName) {
    return { ok: false, problems: { name: `Use at most ${longestName} characters.` } }
  }
  const { self, actor, commit } = await changeSelf()
  await commit((tell) =>
    renameAccount(self.id, wanted, actor, [tell('account.renamed', { email: self.email })]),
  )
  return { ok: true, message: 'Your name is saved' }
}

/** What a person types to choose another password. */
export type PasswordInput = { readonly current: string; readonly next: string }

/** Changes one's own password and signs out everywhere else. */
export async function changePassword({ current, next }: PasswordInput): Promise<AccountResult> {
  await requireOperator('member', accountPath)
  const weak = passwordProblem(next)
  if (weak) return { ok: false, problems: { next: weak } }
  const wrong = await passwordFault(current)
  if (wrong) return { ok: false, problems: { current: passwordFaultWords[wrong] } }
  const { self, actor, at, commit } = await changeSelf()
  const oldHash = await passwordHashOf(self.id)
  const meantime = { current: 'Your password was changed in the meantime.' }
  if (!oldHash) return { ok: false, problems: meantime }
  const newHash = await hashPassword(next)
  const change = { userId: self.id, oldHash, newHash, sessionId: await currentSessionId(), at }
  const sessions = await commit((tell) =>
    changeStoredPassword(change, actor, (count) => [
      tell('account.password-changed', { email: self.email, sessions: count }),
    ]),
  )
  if (sessions === null) return { ok: false, problems: meantime }
  // the password ended what other browsers were known by, and this one's, too
  await rememberDevice(self.id, at)
  const elsewhere = sessions === 0 ? '' : '; you are signed out everywhere else'
  return { ok: true, message: `Your password is changed${elsewhere}` }
}
