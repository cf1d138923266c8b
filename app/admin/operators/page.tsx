import { UserPlus, Users } from 'lucide-react'
import Link from 'next/link'
import { InviteList } from '@/components/admin/operators/invite-list'
import { OperatorState } from '@/components/admin/operators/operator-state'
import { RoleBadge } from '@/components/admin/operators/role-badge'
import { Identity } from '@/components/kit/identity'
import { defineList } from '@/components/kit/list/define-list'
import { hrefOf } from '@/components/kit/list/hrefs'
import { ListPage } from '@/components/kit/list/list-page'
import { Moment } from '@/components/kit/moment'
import { roleWords } from '@/components/kit/role-words'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { OperatorRow } from '@/lib/admin/people/people'
import { listInvites, listOperators } from '@/lib/admin/people/people'
import { permitted } from '@/lib/auth/declared'
import { listQuery } from '../list-page'
import type { SearchParams } from '../query'
import { withdraw } from './actions'

const connectionsOf = ({ id, activeConnections: count }: OperatorRow) =>
  count === 0 ? (
    <span className="text-muted">none</span>
  ) : (
    <Link
      href={hrefOf('/admin/connections', { user: id, state: 'active' })}
      className="underline-offset-4 hover:underline"
      aria-label={`${count} active ${count === 1 ? 'connection' : 'connections'}`}
    >
      {count.toLocaleString('en')}
    </Link>
  )

/** The list of users and their roles. */
const list = defineList<OperatorRow>({
  path: '/admin/operators',
  title: 'Operators',
  what: 'people',
  description: 'Everyone with an account on this server, and what each may do.',
  search: { label: 'Search people', placeholder: 'Name or email' },
  filters: [
    {
      name: 'role',
      label: 'Role',
      all: 'All roles',
      choices: Object.entries(roleWords).map(([value, { label }]) => ({ value, label })),
    },
    {
      name: 'state',
      label: 'State',
      choices: [
        { value: '', label: 'All' },
        { value: 'active', label: 'Active' },
        { value: 'disabled', label: 'Disabled' },
        { value: 'never', label: 'Never signed in' },
      ],
    },
  ],
  orders: [
    { value: '', label: 'Newest first' },
    { value: 'oldest', label: 'Oldest first' },
    { value: 'email', label: 'By email' },
    { value: 'seen', label: 'Last sign-in first' },
  ],
  columns: [
    {
      id: 'person',
      header: 'Person',
      lead: true,
      className: 'md:max-w-64 xl:max-w-80',
      cell: (row) => (
        <Identity
          name={row.name ?? row.email}
          href={`/admin/operators/${row.id}`}
          under={row.name ? row.email : null}
        />
      ),
    },
    { id: 'role', header: 'Role', cell: (row) => <RoleBadge role={row.role} /> },
    { id: 'state', header: 'State', cell: (row) => <OperatorState state={row.state} /> },
    { id: 'connections', header: 'Active connections', align: 'right', cell: connectionsOf },
    { id: 'seen', header: 'Last sign-in', cell: (row) => <Moment at={row.lastSignedInAt} /> },
    {
      id: 'created',
      header: 'Account made',
      wide: true,
      cell: (row) => <Moment at={row.createdAt} />,
    },
  ],
  empty: (
    <EmptyState icon={Users} title="Nobody yet">
      Invite someone: their account appears here once they have accepted.
    </EmptyState>
  ),
})

export const metadata = { title: list.title }

const inviteLink = (
  <Link href="/admin/operators/invite" className={buttonVariants({ variant: 'primary' })}>
    <UserPlus aria-hidden />
    Invite someone
  </Link>
)

export default async function OperatorsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(list, searchParams)
  const page = await listOperators(query)
  const actions = await permitted({ withdraw })
  return (
    <ListPage
      list={list}
      query={query}
      page={page}
      given={undefined}
      actions={actions ? inviteLink : null}
      above={actions ? <InviteList invites={await listInvites()} {...actions} /> : null}
    />
  )
}
