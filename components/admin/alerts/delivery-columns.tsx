import Link from 'next/link'
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

const states: Record<AlertDeliveryRow['state'], { label: string; title: string }> = {
  waiting: { label: 'Waiting', title: 'It is not sent yet' },
  sent: { label: 'Sent', title: 'The receiver accepted it' },
  failed: { label: 'Failed', title: 'It was given up' },
  withdrawn: { label: 'Withdrawn', title: 'It was no longer needed' },
}

const tones = { waiting: 'accent', sent: 'ok', failed: 'bad', withdrawn: 'neutral' } as const

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

/** A delivery that is being retried stands out. */
const toneOf = ({ state, attempts }: AlertDeliveryRow) =>
  state === 'waiting' && attempts > 0 ? 'warn' : tones[state]

function State({ row }: { row: AlertDeliveryRow }) {
  return (
    <Badge tone={toneOf(row)} title={states[row.state].title}>
      {states[row.state].label}
    </Badge>
  )
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
  {
    id: 'answer',
    header: 'Answer',
    className: 'md:max-w-md',
    cell: (row) => <Answer row={row} />,
  },
  { id: 'attempts', header: 'Attempts', align: 'right', cell: (row) => row.attempts },
  { id: 'at', header: 'Raised', cell: (row) => <Moment at={row.createdAt} /> },
]
