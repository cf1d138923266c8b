'use client'
import { X } from 'lucide-react'
import { ConfirmButton } from '@/components/kit/confirm-dialog'
import { Identity } from '@/components/kit/identity'
import { type Column, DataTable } from '@/components/kit/list/data-table'
import { Moment } from '@/components/kit/moment'
import { CardHeader, CardTitle, TableCard } from '@/components/ui/card'
import type { withdrawLink } from '@/lib/admin/people/invites'
import type { InviteRow } from '@/lib/admin/people/people'
import { RoleBadge } from './role-badge'

type Withdraw = { readonly withdraw: typeof withdrawLink }

const kinds: Record<InviteRow['kind'], string> = { account: 'Invitation', password: 'New password' }

function WithdrawInvite({ invite, withdraw }: Withdraw & { readonly invite: InviteRow }) {
  return (
    <ConfirmButton
      button={{
        variant: 'ghost',
        size: 'icon-sm',
        'aria-label': `Withdraw the link for ${invite.email}`,
        children: <X aria-hidden />,
      }}
      title="Withdraw this link?"
      keep="Keep it"
      confirm="Withdraw link"
      busy="Withdrawing…"
      onConfirm={() => withdraw(invite.id)}
    >
      <p>
        It stops working at once. <strong className="wrap-anywhere text-ink">{invite.email}</strong>{' '}
        needs a new one then.
      </p>
    </ConfirmButton>
  )
}

const columnsOf = ({ withdraw }: Withdraw): readonly Column<InviteRow>[] => [
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

type InviteListProps = Withdraw & { readonly invites: readonly InviteRow[] }

/** The open links; nothing while there are none. */
export function InviteList({ invites, ...actions }: InviteListProps) {
  if (invites.length === 0) return null
  return (
    <TableCard>
      <CardHeader className="border-b">
        <CardTitle>Open links</CardTitle>
      </CardHeader>
      <DataTable
        caption="Links that were handed out and not used yet"
        rows={invites}
        columns={columnsOf(actions)}
        keyOf={({ id }) => id}
      />
    </TableCard>
  )
}
