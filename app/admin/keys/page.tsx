import type { Metadata } from 'next'
import { KeysView } from '@/components/admin/keys/keys-view'
import { listKeys } from '@/lib/admin/keys'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { rotate } from './actions'

export const metadata: Metadata = { title: 'Signing keys' }

export default async function KeysPage() {
  const operator = await requireOperator('viewer', '/admin/keys')
  return (
    <KeysView
      keys={await listKeys()}
      rotate={includesRole(operator.role, 'admin') ? rotate : undefined}
    />
  )
}
