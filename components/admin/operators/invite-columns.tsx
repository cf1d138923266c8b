import { Identity } from '@/components/kit/identity'
import type { Column } from '@/components/kit/list/data-table'
import { Moment } from '@/components/kit/moment'
import type { InviteRow } from '@/lib/admin/people/people'
import type { WithdrawAction } from './operator-actions'
import { RoleBadge } from './role-badge'
import { WithdrawInvite } from './withdraw-invite'

const kinds: Record<InviteRow['kind'], string> = {
  account: 'Invitation',
  password: 'New password',
}

export const inviteColumns = (withdraw: WithdrawAction): readonly Column<InviteRow>[] => [
  {
    id: 'person',
    header: 'For',
    lead: true,
    className: 'md:max-w-64 xl:max-w-80',
    cell: (row) => <Identity name={row.email} under={kinds[row.kind]} />,
  },
  {
    id: 'role',
    header: 'Role',
    cell: (row) =>
      row.role ? <RoleBadge role={row.role} /> : <span className="text-muted">stays</span>,
  },
  {
    id: 'by',
    header: 'Made by',
    wide: true,
    className: 'md:max-w-56',
    cell: (row) => <span className="block max-w-full truncate">{row.createdBy ?? 'unknown'}</span>,
  },
  { id: 'created', header: 'Made', cell: (row) => <Moment at={row.createdAt} /> },
  { id: 'expires', header: 'Expires', cell: (row) => <Moment at={row.expiresAt} /> },
  {
    id: 'actions',
    header: 'Actions',
    actions: true,
    cell: (row) => <WithdrawInvite invite={row} withdraw={withdraw} />,
  },
]
