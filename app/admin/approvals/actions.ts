'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { approveHeld, denyHeld } from '@/lib/admin/approval-changes'
import { requireOperator } from '@/lib/auth/session'

const path = '/admin/approvals'

const late: Outcome = { ok: false, message: 'This was decided before, or the person has gone' }

/** Approves a client for everybody, and lets the person's answer go on. */
export async function approve(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const decided = await approveHeld(String(id))
  revalidatePath('/admin', 'layout')
  return decided ? { ok: true, message: `${decided.clientName} is approved` } : late
}

/** Ends the person's attempt with a "no". */
export async function deny(id: string): Promise<Outcome> {
  await requireOperator('operator', path)
  const decided = await denyHeld(String(id))
  revalidatePath('/admin', 'layout')
  return decided ? { ok: true, message: `${decided.clientName} is told no` } : late
}
