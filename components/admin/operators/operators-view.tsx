import { UserPlus, Users } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ListToolbar } from '@/components/admin/list/list-toolbar'
import { ListView } from '@/components/admin/list/list-view'
import { PageHeader } from '@/components/admin/page-header'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Select } from '@/components/ui/select'
import type { OperatorQuery, OperatorRow } from '@/lib/admin/operator-views'
import type { PageOf } from '@/lib/admin/views'
import { operatorColumns } from './columns'
import { roleWords } from './role-words'

const path = '/admin/operators'

const sorts = [
  { value: '', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'email', label: 'By email' },
  { value: 'seen', label: 'Last sign-in first' },
]

const states = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Disabled' },
  { value: 'never', label: 'Never signed in' },
]

const empty = (
  <EmptyState icon={Users} title="Nobody yet">
    Invite somebody, and their account stands here once they have opened the link.
  </EmptyState>
)

function RoleSelect({ role }: { role: string | undefined }) {
  return (
    <Select
      key={role}
      name="role"
      aria-label="Role"
      defaultValue={role ?? ''}
      className="max-md:flex-1 max-md:basis-[45%]"
    >
      <option value="">All roles</option>
      {Object.entries(roleWords).map(([value, { label }]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  )
}

const inviteLink = (
  <Link href={`${path}/invite`} className={buttonVariants({ variant: 'primary' })}>
    <UserPlus aria-hidden />
    Invite somebody
  </Link>
)

type OperatorsViewProps = {
  readonly page: PageOf<OperatorRow>
  readonly query: OperatorQuery
  readonly mayInvite: boolean
  /** the open links, for those who may make them */
  readonly invites: ReactNode
}

/** The people who may sign in, and what each may do. */
export function OperatorsView({ page, query, mayInvite, invites }: OperatorsViewProps) {
  return (
    <>
      <PageHeader
        title="Operators"
        description="Everybody with an account on this server, and what each may do."
        actions={mayInvite ? inviteLink : null}
      />
      {invites}
      <ListToolbar
        path={path}
        query={query}
        searchLabel="Search people"
        placeholder="Name or email"
        states={states}
        sorts={sorts}
      >
        <RoleSelect role={query.role} />
      </ListToolbar>
      <ListView
        path={path}
        query={query}
        page={page}
        what="people"
        columns={operatorColumns}
        keyOf={({ id }) => id}
        empty={empty}
      />
    </>
  )
}
