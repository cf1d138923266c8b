'use server'
import { notFound, redirect } from 'next/navigation'
import {
  pauseOwnConnection,
  readOwnConnection,
  renameOwnConnection,
  revokeOwnConnection,
} from '@/lib/admin/account/connections'
import { forgetRemembered } from '@/lib/admin/account/remembered'
import { requireOperator } from '@/lib/auth/session'
import { textOf } from '../form-text'

const path = '/connections'

/** Back to the connection, with a word about what was done; somebody else's is not found. */
async function backTo(id: string, done: string | null): Promise<never> {
  if (!done && !(await readOwnConnection(id))) notFound()
  redirect(`${path}/${encodeURIComponent(id)}${done ? `?done=${done}` : ''}`)
}

/** Pauses one of one's own connections. */
export async function pause(form: FormData): Promise<void> {
  await requireOperator('member', path)
  const id = textOf(form, 'id')
  await backTo(id, (await pauseOwnConnection(id, 'paused')) ? 'paused' : null)
}

/** Lets one of one's own connections go on. */
export async function resume(form: FormData): Promise<void> {
  await requireOperator('member', path)
  const id = textOf(form, 'id')
  await backTo(id, (await pauseOwnConnection(id, 'active')) ? 'resumed' : null)
}

/** Calls one of one's own connections by another name. */
export async function rename(form: FormData): Promise<void> {
  await requireOperator('member', path)
  const id = textOf(form, 'id')
  const renamed = await renameOwnConnection(id, textOf(form, 'label'))
  await backTo(id, renamed ? 'renamed' : null)
}

/** Ends one of one's own connections. */
export async function revoke(form: FormData): Promise<void> {
  await requireOperator('member', path)
  const id = textOf(form, 'id')
  await backTo(id, (await revokeOwnConnection(id)) ? 'revoked' : null)
}

/** Has an app ask again that was remembered. */
export async function forget(form: FormData): Promise<void> {
  await requireOperator('member', path)
  if (!(await forgetRemembered(textOf(form, 'id')))) notFound()
  redirect(`${path}?done=forgotten`)
}
