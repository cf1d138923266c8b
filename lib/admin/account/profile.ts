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
  const change = await changeSelf()
  const events = change.tell('account.renamed', { email: change.self.email })
  await renameAccount(change.self.id, wanted, change.actor, events)
  change.announce()
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
  const change = await changeSelf()
  const { self, actor, at } = change
  const oldHash = await passwordHashOf(self.id)
  const sessions = oldHash
    ? await changeStoredPassword(
        {
          userId: self.id,
          oldHash,
          newHash: await hashPassword(next),
          sessionId: await currentSessionId(),
          at,
        },
        actor,
        (count) => change.tell('account.password-changed', { email: self.email, sessions: count }),
      )
    : null
  if (sessions === null) {
    return { ok: false, problems: { current: 'Your password was changed in the meantime.' } }
  }
  change.announce()
  // the password ended what other browsers were known by, and this one's, too
  await rememberDevice(self.id, at)
  const elsewhere = sessions === 0 ? '' : '; you are signed out everywhere else'
  return { ok: true, message: `Your password is changed${elsewhere}` }
}
