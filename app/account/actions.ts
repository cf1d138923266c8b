'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import {
  type AccountResult,
  changePassword as changeOwnPassword,
  rename as renameSelf,
} from '@/lib/admin/account/profile'
import { endOtherSessions, endOwnSession } from '@/lib/admin/account/sessions'
import { requireOperator } from '@/lib/auth/session'
import { textOf } from '../form-text'

const path = '/account'

/** Saves the name of the form. */
export async function rename(_: AccountResult | null, form: FormData): Promise<AccountResult> {
  await requireOperator('member', path)
  const result = await renameSelf(textOf(form, 'name'))
  revalidatePath(path)
  return result
}

/** Changes the password. */
export async function changePassword(
  _: AccountResult | null,
  form: FormData,
): Promise<AccountResult> {
  await requireOperator('member', path)
  const input = { current: textOf(form, 'current'), next: textOf(form, 'next') }
  const result = await changeOwnPassword(input)
  revalidatePath(path)
  return result
}

/** Signs out in one other browser. */
export async function endSession(id: string): Promise<Outcome> {
  await requireOperator('member', path)
  const ended = await endOwnSession(String(id))
  revalidatePath(path)
  return ended
    ? { ok: true, message: 'That browser is signed out' }
    : { ok: false, message: 'That browser was signed out before' }
}

/** Signs out everywhere else. */
export async function endOthers(): Promise<Outcome> {
  await requireOperator('member', path)
  const ended = await endOtherSessions()
  revalidatePath(path)
  return {
    ok: true,
    message: ended === 1 ? '1 browser is signed out' : `${ended} browsers are signed out`,
  }
}
