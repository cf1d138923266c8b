'use server'
import { revalidatePath } from 'next/cache'
import type { PasskeyActions } from '@/components/account/account-actions'
import type { Outcome } from '@/components/admin/outcome'
import {
  addPasskey,
  beginPasskey,
  removePasskey,
  renamePasskey,
} from '@/lib/admin/account/passkeys'
import type { Proven } from '@/lib/admin/account/views'
import { requireOperator } from '@/lib/auth/session'

const path = '/account'

/** What the browser needs to make a passkey. */
export async function beginMaking(proof: string): ReturnType<PasskeyActions['begin']> {
  await requireOperator('member', path)
  return beginPasskey(String(proof))
}

/** Adds what the browser made. */
export async function add(answer: string, name: string): Promise<Outcome> {
  await requireOperator('member', path)
  const added = await addPasskey(String(answer), String(name))
  revalidatePath(path)
  return added
    ? { ok: true, message: `“${added}” lets you in from now on` }
    : { ok: false, message: 'This passkey was not accepted. Try again.' }
}

/** Gives a passkey another name. */
export async function renameOne(id: string, name: string): Promise<Outcome> {
  await requireOperator('member', path)
  const renamed = await renamePasskey(String(id), String(name))
  revalidatePath(path)
  return renamed
    ? { ok: true, message: `It is called “${renamed}” now` }
    : { ok: false, message: 'This passkey was removed before' }
}

/** Removes a passkey. */
export async function remove(id: string, proof: string): Promise<Proven<Outcome>> {
  await requireOperator('member', path)
  const removed = await removePasskey(String(id), String(proof))
  if (removed.problem !== null) return removed
  revalidatePath(path)
  const done = removed.done
    ? { ok: true, message: `“${removed.done}” is removed` }
    : { ok: false, message: 'This passkey was removed before' }
  return { problem: null, done }
}
