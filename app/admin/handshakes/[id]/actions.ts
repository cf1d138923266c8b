'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { createShare, withdrawShare } from '@/lib/admin/shares'
import { requireOperator } from '@/lib/auth/session'

const path = '/admin/handshakes'

/** Makes a link that shows a redacted handshake; the answer holds it, this once. */
export async function share(
  handshakeId: string,
  days: number,
): Promise<Outcome & { readonly href: string | null }> {
  await requireOperator('operator', path)
  const href = await createShare(String(handshakeId), Number(days))
  revalidatePath(path, 'layout')
  return href
    ? { ok: true, message: 'The link is made', href }
    : { ok: false, message: 'There is no such handshake any more', href: null }
}

/** Ends a link before its time. */
export async function withdraw(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const withdrawn = await withdrawShare(String(id))
  revalidatePath(path, 'layout')
  return withdrawn
    ? { ok: true, message: 'The link opens nothing any more' }
    : { ok: false, message: 'This link had ended before' }
}
