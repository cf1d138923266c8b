import type { Metadata } from 'next'
import { SettingsPage } from '@/components/admin/settings/settings-page'
import { confirmation } from '@/lib/admin/settings/danger'
import { readSettings } from '@/lib/admin/settings/settings'
import { permitted } from '@/lib/auth/declared'
import { revokeAll, save } from './actions'

export const metadata: Metadata = { title: 'Settings' }

export default async function Settings() {
  return (
    <SettingsPage
      view={await readSettings()}
      actions={await permitted({ save, revokeAll })}
      confirmation={confirmation}
    />
  )
}
