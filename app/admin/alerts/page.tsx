import type { Metadata } from 'next'
import { AlertsView } from '@/components/admin/alerts/alerts-view'
import { readAlerts } from '@/lib/admin/alerts/alerts'
import { permitted } from '@/lib/auth/declared'
import { sendTest } from './actions'

export const metadata: Metadata = { title: 'Alerts' }

export default async function AlertsPage() {
  return <AlertsView alerts={await readAlerts()} {...(await permitted({ test: sendTest }))} />
}
