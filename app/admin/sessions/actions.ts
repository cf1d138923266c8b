'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { endSession } from '@/lib/admin/sessions'
import { requireOperator } from '@/lib/auth/session'

const path = '/admin/sessions'

/** Ends one session: its streams close, and its id is not known any more. */
export async function end(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const ended = await endSession(String(id))
  revalidatePath(path)
  return ended
    ? { ok: true, message: `The session of ${ended.clientName} is ended` }
    : { ok: false, message: 'This session had ended before' }
}
