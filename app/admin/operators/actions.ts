'use server'
import { revalidatePath } from 'next/cache'
import type {
  InviteState,
  PasswordLinkState,
  RoleState,
} from '@/components/admin/operators/operator-actions'
import { roleWords } from '@/components/admin/operators/role-words'
import type { Outcome } from '@/components/admin/outcome'
import { inviteOperator, makePasswordLink, withdrawLink } from '@/lib/admin/invites'
import {
  changeOperatorRole,
  disableOperator,
  enableOperator,
  type OperatorChange,
  switchOffCodes,
} from '@/lib/admin/operator-changes'
import { requireOperator } from '@/lib/auth/session'
import { textOf } from '../../form-text'

const path = '/admin/operators'

type RoleName = keyof typeof roleWords

const isRoleName = (role: string): role is RoleName => Object.hasOwn(roleWords, role)

function said({ outcome, email }: OperatorChange, done: string): Outcome {
  if (outcome === 'changed') return { ok: true, message: `${email} ${done}` }
  if (outcome === 'same') return { ok: true, message: `${email} was so before` }
  return {
    ok: false,
    message:
      outcome === 'gone'
        ? 'This account does not exist any more'
        : `${email} is the only admin who can sign in: make somebody else one first`,
  }
}

/** Makes an invitation. Its link is in the answer and nowhere else. */
export async function invite(_: InviteState, form: FormData): Promise<InviteState> {
  await requireOperator('admin', '/admin/operators/invite')
  const [email, role] = [textOf(form, 'email').trim(), textOf(form, 'role')]
  const input = { email, role: isRoleName(role) ? role : 'viewer' } as const
  const result = await inviteOperator({ email, role })
  if (!result.ok) return { input, problems: result.problems, made: null }
  revalidatePath(path)
  const { link, expiresAt } = result
  return { input, problems: {}, made: { link, expiresAt } }
}

/** Ends an open link. */
export async function withdraw(id: string): Promise<Outcome> {
  await requireOperator('admin', path)
  const withdrawn = await withdrawLink(String(id))
  revalidatePath(path)
  return withdrawn
    ? { ok: true, message: `The link for ${withdrawn.email} opens nothing any more` }
    : { ok: false, message: 'This link was used or had ended before' }
}

/** Gives a person another role. */
export async function changeRole(_: RoleState, form: FormData): Promise<RoleState> {
  await requireOperator('admin', path)
  const role = textOf(form, 'role')
  if (!isRoleName(role)) return { outcome: { ok: false, message: 'Choose a role.' } }
  const change = await changeOperatorRole(textOf(form, 'id'), role)
  revalidatePath('/admin', 'layout')
  return { outcome: said(change, `is ${roleWords[role].label.toLowerCase()} now`) }
}

/** Makes a link by which a person chooses a new password. */
export async function passwordLink(
  _: PasswordLinkState,
  form: FormData,
): Promise<PasswordLinkState> {
  await requireOperator('admin', path)
  const result = await makePasswordLink(textOf(form, 'id'))
  revalidatePath(path)
  return result.ok
    ? { made: { link: result.link, expiresAt: result.expiresAt }, problem: null }
    : { made: null, problem: result.problems.user ?? 'No link could be made.' }
}

/** Keeps a person out. */
export async function disable(id: string): Promise<Outcome> {
  await requireOperator('admin', path)
  const change = await disableOperator(String(id))
  revalidatePath('/admin', 'layout')
  return said(change, 'is signed out, and the connections in that name are refused')
}

/** Lets a person in again. */
export async function enable(id: string): Promise<Outcome> {
  await requireOperator('admin', path)
  const change = await enableOperator(String(id))
  revalidatePath('/admin', 'layout')
  return said(change, 'may sign in again')
}

/** Lets a person in without one-time codes. */
export async function withoutCodes(id: string): Promise<Outcome> {
  await requireOperator('admin', path)
  const change = await switchOffCodes(String(id))
  revalidatePath(path, 'layout')
  return said(change, 'signs in without a one-time code from now on')
}
