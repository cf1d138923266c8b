import type { Metadata } from 'next'
import { AlertsView } from '@/components/admin/alerts/alerts-view'
import { readAlerts } from '@/lib/admin/alerts'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { sendTest } from './actions'

export const metadata: Metadata = { title: 'Alerts' }

export default async function AlertsPage() {
  const operator = await requireOperator('viewer', '/admin/alerts')
  return (
    <AlertsView
      alerts={await readAlerts()}
      test={includesRole(operator.role, 'operator') ? sendTest : undefined}
    />
  )
}
