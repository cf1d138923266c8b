'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { repeatSelfCheck } from '@/lib/admin/self-check'
import { requireOperator } from '@/lib/auth/session'

/** Has the server look at itself through its public address once more. */
export async function checkAgain(): Promise<Outcome> {
  await requireOperator('operator', '/admin/self-check')
  const faults = await repeatSelfCheck()
  revalidatePath('/admin/self-check')
  return faults === 0
    ? { ok: true, message: 'Checked: nothing is in the way of clients' }
    : { ok: false, message: `Checked: ${faults === 1 ? 'one fault' : `${faults} faults`} found` }
}
