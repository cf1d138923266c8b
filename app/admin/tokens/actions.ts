'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { revokeToken } from '@/lib/admin/token-page'
import { requireOperator } from '@/lib/auth/session'

const path = '/admin/tokens'

/** Revokes one token; its connection goes on. */
export async function revoke(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const revoked = await revokeToken(String(id))
  revalidatePath('/admin', 'layout')
  return revoked
    ? { ok: true, message: `The ${revoked.kind} token of ${revoked.clientName} is revoked` }
    : { ok: false, message: 'This token could not be used any more' }
}
