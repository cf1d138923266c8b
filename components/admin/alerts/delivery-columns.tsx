import Link from 'next/link'
import type { ComponentProps } from 'react'
import type { Column } from '@/components/kit/list/data-table'
import { Moment } from '@/components/kit/moment'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AlertDeliveryRow } from '@/lib/admin/alerts/alerts'
import { sentenceCase } from '@/lib/events/words'
import { channels } from './channels'

const types: Record<AlertDeliveryRow['type'], string> = {
  'handshake.stalled': 'Handshake stalled',
  'handshake.failed': 'Handshake failed',
  'handshakes.unattended': 'Attempts without a person',
  'alert.test': 'Test',
}

const states: Record<AlertDeliveryRow['state'], ComponentProps<typeof Badge>> = {
  waiting: { tone: 'accent', children: 'Waiting', title: 'It is not sent yet' },
  sent: { tone: 'ok', children: 'Sent', title: 'The receiver accepted it' },
  failed: { tone: 'bad', children: 'Failed', title: 'Portico gave up sending it' },
  withdrawn: { children: 'Withdrawn', title: 'It was no longer needed' },
}

function Subject({ row }: { row: AlertDeliveryRow }) {
  return (
    <span className="grid gap-0.5">
      <span className="font-medium">{types[row.type]}</span>
      {row.handshakeId ? (
        <Link
          href={`/admin/handshakes/${row.handshakeId}`}
          className="w-fit font-mono text-accent-ink text-xs underline-offset-4 hover:underline"
        >
          {row.handshakeId}
        </Link>
      ) : null}
    </span>
  )
}

/** The state of a delivery; one that is being retried stands out. */
function State({ row: { state, attempts } }: { row: AlertDeliveryRow }) {
  const isRetried = state === 'waiting' && attempts > 0
  return <Badge {...states[state]} {...(isRetried ? { tone: 'warn' } : {})} />
}

function Answer({ row }: { row: AlertDeliveryRow }) {
  return (
    <span className="grid min-w-0 gap-0.5 text-xs">
      <span className="wrap-anywhere">
        {row.outcome ? sentenceCase(row.outcome) : <span className="text-muted">None yet</span>}
      </span>
      {row.nextAt ? (
        <span className="text-muted">
          {row.attempts > 0 ? 'again ' : 'due '}
          <RelativeTime at={row.nextAt} />
        </span>
      ) : null}
    </span>
  )
}

export const deliveryColumns: readonly Column<AlertDeliveryRow>[] = [
  { id: 'subject', header: 'Alert', lead: true, cell: (row) => <Subject row={row} /> },
  { id: 'state', header: 'State', cell: (row) => <State row={row} /> },
  { id: 'channel', header: 'By', cell: (row) => channels[row.channel].label },
  { id: 'answer', header: 'Answer', className: 'md:max-w-md', cell: (row) => <Answer row={row} /> },
  { id: 'attempts', header: 'Attempts', align: 'right', cell: (row) => row.attempts },
  { id: 'at', header: 'Raised', cell: (row) => <Moment at={row.createdAt} /> },
]
