'use server'
import { revalidatePath } from 'next/cache'
import type { BulkChange, RenameOutcome } from '@/components/admin/connections/connection-actions'
import type { Outcome } from '@/components/admin/outcome'
import {
  bulkChanges,
  changeConnections,
  pauseConnection,
  renameConnection,
  revokeConnection,
} from '@/lib/admin/connections'
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

/** Calls a connection by a name of its own, or by its client's again when it is empty. */
export async function rename(id: string, label: string): Promise<RenameOutcome> {
  await requireOperator('operator', path)
  const renamed = await renameConnection(String(id), String(label))
  revalidatePath('/admin', 'layout')
  if (!renamed) return { ok: false, message: 'It has this name already', before: null }
  return { ok: true, message: 'The connection is renamed', before: renamed.before }
}

const done: Record<BulkChange, string> = {
  pause: 'paused: their tokens are refused, and kept until you resume them',
  resume: 'resumed: their tokens work again',
  revoke: 'revoked',
}

/** Does the same to several connections. */
export async function changeAll(ids: readonly string[], change: BulkChange): Promise<Outcome> {
  await requireOperator('operator', path)
  const which = bulkChanges.find((known) => known === change)
  if (!which || !Array.isArray(ids)) return { ok: false, message: 'This cannot be done' }
  const changed = await changeConnections(ids.map(String), which)
  revalidatePath('/admin', 'layout')
  if (changed === 0) return { ok: false, message: 'None of them could be changed' }
  const connections = changed === 1 ? '1 connection is' : `${changed} connections are`
  return { ok: true, message: `${connections} ${done[which]}` }
}
