import { KeySquare } from 'lucide-react'
import { KeyState } from '@/components/admin/keys/key-state'
import { RotateKey } from '@/components/admin/keys/rotate-key'
import { CopyableId } from '@/components/kit/copyable-id'
import { type Column, DataTable } from '@/components/kit/list/data-table'
import { Moment } from '@/components/kit/moment'
import { PageHeader } from '@/components/kit/page-header'
import { TableCard } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { type KeyRow, listKeys } from '@/lib/admin/keys/keys'
import { permitted } from '@/lib/auth/declared'
import { rotate } from './actions'

export const metadata = { title: 'Signing keys' }

const columns: readonly Column<KeyRow>[] = [
  { id: 'id', header: 'Key', lead: true, cell: (row) => <CopyableId id={row.id} what="key id" /> },
  { id: 'state', header: 'State', cell: (row) => <KeyState state={row.state} /> },
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

const empty = (
  <EmptyState icon={KeySquare} title="No key yet">
    The first key is created when it is needed: as soon as a client asks for a token.
  </EmptyState>
)

export default async function KeysPage() {
  const keys = await listKeys()
  const actions = keys.length > 0 ? await permitted({ rotate }) : undefined
  return (
    <>
      <PageHeader
        title="Signing keys"
        description="Access tokens are signed with one key at a time. Its predecessors are published until the last token they signed has expired."
        actions={actions ? <RotateKey {...actions} /> : null}
      />
      <TableCard>
        {keys.length === 0 ? (
          empty
        ) : (
          <DataTable
            caption="The signing keys"
            rows={keys}
            columns={columns}
            keyOf={({ id }) => id}
          />
        )}
      </TableCard>
    </>
  )
}
