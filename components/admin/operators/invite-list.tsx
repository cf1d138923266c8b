import { DataTable } from '@/components/kit/list/data-table'
import { CardHeader, CardTitle, TableCard } from '@/components/ui/card'
import type { InviteRow } from '@/lib/admin/people/people'
import { inviteColumns } from './invite-columns'
import type { WithdrawAction } from './operator-actions'

type InviteListProps = {
  readonly invites: readonly InviteRow[]
  readonly withdraw: WithdrawAction
}

/** The open links; nothing while there are none. */
export function InviteList({ invites, withdraw }: InviteListProps) {
  if (invites.length === 0) return null
  return (
    <TableCard>
      <CardHeader className="border-b">
        <CardTitle>Open links</CardTitle>
      </CardHeader>
      <DataTable
        caption="Links that were handed out and not used yet"
        rows={invites}
        columns={inviteColumns(withdraw)}
        keyOf={({ id }) => id}
      />
    </TableCard>
  )
}
