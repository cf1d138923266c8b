'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { rotateKeys } from '@/lib/admin/keys'
import { requireOperator } from '@/lib/auth/session'

/** Puts a new signing key in the place of the present one. */
export async function rotate(): Promise<Outcome> {
  await requireOperator('admin', '/admin/keys')
  await rotateKeys()
  revalidatePath('/admin', 'layout')
  return { ok: true, message: 'New tokens are signed with a new key' }
}
