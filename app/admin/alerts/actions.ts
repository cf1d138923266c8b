'use server'
import { revalidatePath } from 'next/cache'
import type { Outcome } from '@/components/admin/outcome'
import { testChannel } from '@/lib/admin/alerts'
import { requireOperator } from '@/lib/auth/session'

/** Sends a test alert through a channel now. */
export async function sendTest(channel: string): Promise<Outcome> {
  await requireOperator('operator', '/admin/alerts')
  const { ok, outcome } = await testChannel(channel)
  revalidatePath('/admin/alerts')
  return { ok, message: ok ? `The test went out: ${outcome}` : `The test failed: ${outcome}` }
}
