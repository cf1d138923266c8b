import type { Metadata } from 'next'
import { SettingsPage } from '@/components/admin/settings/settings-page'
import { readSettings } from '@/lib/admin/settings'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { revokeAll, save } from './actions'

export const metadata: Metadata = { title: 'Settings' }

export default async function Settings() {
  const operator = await requireOperator('viewer', '/admin/settings')
  return (
    <SettingsPage
      view={await readSettings()}
      actions={includesRole(operator.role, 'admin') ? { save, revokeAll } : undefined}
    />
  )
}
