import 'server-only'
import { command, query } from '@/lib/auth/declared'
import { rememberDevice } from '@/lib/auth/device'
import { commitBy } from '@/lib/auth/exchange'
import { hashPassword, passwordProblem } from '@/lib/auth/passwords'
import { before, form } from '@/lib/http/sent'
import { longestName, shownText } from '@/lib/oauth/shown-text'
import {
  replacePassword as changeStoredPassword,
  passwordHashOf,
  renameAccount,
} from '@/lib/store/people/account-changes'
import { accountPath } from './path'
import { passwordFault, passwordFaultWords } from './proof-fault'

/** The result of a change: a message, or the problems by field. */
export type AccountResult =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

/** The account of the signed-in person. */
export const readProfile = query(
  { role: 'member', path: accountPath },
  async ({ id, email, name, role }) => {
    return { email, name, role, hasPassword: (await passwordHashOf(id)) !== null }
  },
)

export type AccountProfile = Awaited<ReturnType<typeof readProfile>>

/** Renames the person's own account; an account without a name is shown by its e-mail address. */
export const rename = command(
  { role: 'member', path: accountPath, takes: [before, form] },
  async (self, _, fields): Promise<AccountResult> => {
    const name = fields.text('name')
    const wanted = shownText(name, longestName + 1) || null
    if (wanted && [...wanted].length > longestName) {
      return { ok: false, problems: { name: `Use at most ${longestName} characters.` } }
    }
    await commitBy(self, {}, (describe, actor) =>
      renameAccount(self.id, wanted, actor, [describe('account.renamed', { email: self.email })]),
    )
    return { ok: true, message: 'Your name is saved' }
  },
)

/** Changes the person's own password and signs out their other browsers. */
export const changeOwnPassword = command(
  { role: 'member', path: accountPath, takes: [before, form] },
  async (self, _, fields): Promise<AccountResult> => {
    const next = fields.text('next')
    const weak = passwordProblem(next)
    if (weak) return { ok: false, problems: { next: weak } }
    const wrong = await passwordFault(self, fields.text('current'))
    if (wrong) return { ok: false, problems: { current: passwordFaultWords[wrong] } }
    const oldHash = await passwordHashOf(self.id)
    const meantime = { current: 'Your password was changed in the meantime.' }
    if (!oldHash) return { ok: false, problems: meantime }
    const newHash = await hashPassword(next)
    const change = { userId: self.id, oldHash, newHash, sessionId: self.sessionId }
    const sessions = await commitBy(self, {}, (describe, actor, at) =>
      changeStoredPassword({ ...change, at }, actor, (count) => [
        describe('account.password-changed', { email: self.email, sessions: count }),
      ]),
    )
    if (sessions === null) return { ok: false, problems: meantime }
    // changing the password made the account forget all browsers, including this one
    await rememberDevice(self.id, new Date())
    const elsewhere = sessions === 0 ? '' : '; you are signed out everywhere else'
    return { ok: true, message: `Your password is changed${elsewhere}` }
  },
)
