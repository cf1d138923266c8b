import { KeySquare } from 'lucide-react'
import { DataTable } from '@/components/admin/list/data-table'
import { PageHeader } from '@/components/admin/page-header'
import { TableCard } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { KeyRow } from '@/lib/admin/keys'
import { keyColumns } from './columns'
import { RotateKey, type RotateKeyAction } from './rotate-key'

const empty = (
  <EmptyState icon={KeySquare} title="No key yet">
    The first key is made when it is needed: as soon as a client asks for a token.
  </EmptyState>
)

type KeysViewProps = {
  readonly keys: readonly KeyRow[]
  /** absent for those who are not admins */
  readonly rotate?: RotateKeyAction
}

/** The keys that access tokens are signed with. */
export function KeysView({ keys, rotate }: KeysViewProps) {
  return (
    <>
      <PageHeader
        title="Signing keys"
        description="Access tokens are signed with one key at a time. Its predecessors are published until the last token they signed has expired."
        actions={rotate && keys.length > 0 ? <RotateKey rotate={rotate} /> : null}
      />
      <TableCard>
        {keys.length === 0 ? (
          empty
        ) : (
          <DataTable
            caption="The signing keys"
            rows={keys}
            columns={keyColumns}
            keyOf={(key) => key.id}
          />
        )}
      </TableCard>
    </>
  )
}
