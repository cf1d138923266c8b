import { BellRing } from 'lucide-react'
import { DataTable } from '@/components/kit/list/data-table'
import { PageHeader } from '@/components/kit/page-header'
import { CardHeader, CardTitle, TableCard } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { AlertsData as Alerts, testChannel } from '@/lib/admin/alerts/alerts'
import { ChannelCard } from './channel-card'
import { deliveryColumns } from './delivery-columns'

const none = (isSet: boolean) => (
  <EmptyState icon={BellRing} title="No alert yet">
    {isSet
      ? 'When a handshake stalls or fails, the alert appears here. A test shows whether a channel works.'
      : 'Set a webhook or e-mail above, and restart. When a handshake stalls or fails, you get an alert.'}
  </EmptyState>
)

type AlertsViewProps = {
  readonly alerts: Alerts
  /** absent for viewers */
  readonly test?: typeof testChannel
}

/** Alert channels and deliveries. */
export function AlertsView({ alerts: { channels, deliveries }, test }: AlertsViewProps) {
  const isSet = channels.some(({ target }) => target !== null)
  return (
    <>
      <PageHeader
        title="Alerts"
        description="When a handshake stalls or fails, you get an alert with the verdict, its likeliest cause and the first step to take. Scanners, people who denied, retries after an alert, and attempts that connect after all are left out."
      />
      <div className="grid gap-5 lg:grid-cols-2">
        {channels.map((row) => (
          <ChannelCard key={row.channel} row={row} test={test} />
        ))}
      </div>
      <TableCard>
        <CardHeader className="border-b">
          <CardTitle>What was sent lately</CardTitle>
        </CardHeader>
        {deliveries.length === 0 ? (
          none(isSet)
        ) : (
          <DataTable
            caption="The newest alerts"
            rows={deliveries}
            columns={deliveryColumns}
            keyOf={({ id }) => id}
          />
        )}
      </TableCard>
    </>
  )
}
