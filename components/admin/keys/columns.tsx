import { CopyableId } from '@/components/admin/copyable-id'
import type { Column } from '@/components/admin/list/data-table'
import { Moment } from '@/components/admin/moment'
import { Badge } from '@/components/ui/badge'
import { StatusDot } from '@/components/ui/status-dot'
import type { KeyRow } from '@/lib/admin/keys'

const states: Record<KeyRow['state'], { label: string; title: string }> = {
  signing: { label: 'Signing', title: 'New tokens are signed with it' },
  verifying: { label: 'Verifying', title: 'It signs no more; tokens it signed are accepted' },
  retired: { label: 'Retired', title: 'Every token it signed has expired' },
}

const tones = { signing: 'ok', verifying: 'accent', retired: 'neutral' } as const

function State({ state }: Pick<KeyRow, 'state'>) {
  return (
    <Badge tone={tones[state]} title={states[state].title}>
      {state === 'signing' ? <StatusDot tone="ok" className="size-1.5" /> : null}
      {states[state].label}
    </Badge>
  )
}

/** The columns of the signing keys. */
export const keyColumns: readonly Column<KeyRow>[] = [
  { id: 'id', header: 'Key', lead: true, cell: (row) => <CopyableId id={row.id} what="key id" /> },
  { id: 'state', header: 'State', cell: (row) => <State state={row.state} /> },
  {
    id: 'algorithm',
    header: 'Algorithm',
    cell: (row) => <span className="font-mono text-xs">{row.algorithm}</span>,
  },
  { id: 'made', header: 'Made', cell: (row) => <Moment at={row.createdAt} /> },
  {
    id: 'replaced',
    header: 'Replaced',
    cell: (row) => <Moment at={row.retiredAt} never="not yet" />,
  },
  {
    id: 'accepted',
    header: 'Tokens accepted until',
    cell: (row) => <Moment at={row.verifiesUntil} never="they expire" />,
  },
]
