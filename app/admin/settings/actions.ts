'use server'
import { revalidatePath } from 'next/cache'
import { confirmation } from '@/components/admin/settings/confirmation'
import type { RevokeAllState, SettingsState } from '@/components/admin/settings/settings-actions'
import { revokeEverything } from '@/lib/admin/danger'
import { saveSettings } from '@/lib/admin/settings'
import { requireOperator } from '@/lib/auth/session'
import { settingNames } from '@/lib/config/form'
import { textOf } from '../../form-text'

const path = '/admin/settings'

/** Changes the settings. */
export async function save(_: SettingsState, form: FormData): Promise<SettingsState> {
  await requireOperator('admin', path)
  const typed = Object.fromEntries(settingNames.map((name) => [name, textOf(form, name)]))
  const result = await saveSettings(typed)
  if (!result.ok) return { typed, problems: result.problems, message: null }
  revalidatePath('/admin', 'layout')
  const message = result.changed ? 'Saved, on every instance.' : 'It was so before.'
  return { typed: null, problems: {}, message }
}

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

/** Ends every connection, once it was typed that this is meant. */
export async function revokeAll(_: RevokeAllState, form: FormData): Promise<RevokeAllState> {
  await requireOperator('admin', path)
  if (textOf(form, 'confirmation').trim().toLowerCase() !== confirmation) {
    return { problem: `Type “${confirmation}” to go on.`, message: null }
  }
  const reach = await revokeEverything()
  revalidatePath('/admin', 'layout')
  if (!reach) return { problem: null, message: 'There was no connection to revoke.' }
  const connections = counted(reach.connections, 'connection is', 'connections are')
  const people = counted(reach.people, 'person', 'people')
  const answers = counted(reach.consents, 'remembered answer is', 'remembered answers are')
  const forgotten = reach.consents > 0 ? ` ${answers} forgotten.` : ''
  return { problem: null, message: `${connections} revoked, of ${people}.${forgotten}` }
}
