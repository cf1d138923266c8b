'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { pauseConnection, revokeConnection } from '@/lib/admin/connections'
import { requireOperator } from '@/lib/auth/session'

const path = '/admin/connections'

/** Revokes one connection: its tokens stop working. */
export async function revoke(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const revoked = await revokeConnection(String(id))
  revalidatePath('/admin', 'layout')
  return revoked
    ? { ok: true, message: `The connection of ${revoked.clientName} is revoked` }
    : { ok: false, message: 'This connection had been revoked before' }
}

/** Pauses one connection: its tokens are refused and kept. */
export async function pause(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const paused = await pauseConnection(String(id), 'paused')
  revalidatePath('/admin', 'layout')
  return paused
    ? {
        ok: true,
        message: `${paused.clientName} is paused: its tokens are refused, and kept until you resume it`,
      }
    : { ok: false, message: 'Only an active connection can be paused' }
}

/** Lets a paused connection go on with the tokens it has. */
export async function resume(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const resumed = await pauseConnection(String(id), 'active')
  revalidatePath('/admin', 'layout')
  return resumed
    ? { ok: true, message: `${resumed.clientName} may go on: its tokens work again` }
    : { ok: false, message: 'This connection is not paused any more' }
}
