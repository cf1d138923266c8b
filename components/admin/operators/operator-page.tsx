import { LinkButton } from '@/components/kit/links'
import { hrefOf } from '@/components/kit/list/hrefs'
import { Moment } from '@/components/kit/moment'
import { PageHeader } from '@/components/kit/page-header'
import { Fact } from '@/components/kit/records/facts'
import { Card } from '@/components/ui/card'
import type { OperatorView } from '@/lib/admin/people/people'
import { AccessCard } from './access-card'
import { CodesCard } from './codes-card'
import type { OperatorActions } from './operator-actions'
import { OperatorState } from './operator-state'
import { PasswordLinkCard } from './password-card'
import { RoleBadge } from './role-badge'
import { RoleForm } from './role-form'

function Facts({ person }: { person: OperatorView }) {
  return (
    <Card className="p-4">
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        <Fact label="Role">
          <RoleBadge role={person.role} />
        </Fact>
        <Fact label="State">
          <OperatorState state={person.state} />
        </Fact>
        <Fact label="Last sign-in">
          <Moment at={person.lastSignedInAt} />
        </Fact>
        <Fact label="Account made">
          <Moment at={person.createdAt} />
        </Fact>
        <Fact label="Active connections">{person.activeConnections.toLocaleString('en')}</Fact>
      </dl>
    </Card>
  )
}

const links = (id: string, mayAudit: boolean) => (
  <div className="flex flex-wrap gap-2">
    <LinkButton href={hrefOf('/admin/connections', { user: id })}>Connections</LinkButton>
    <LinkButton href={hrefOf('/admin/log', { user: id })}>In the log</LinkButton>
    {mayAudit ? (
      <LinkButton href={hrefOf('/admin/audit', { user: id })}>What they changed</LinkButton>
    ) : null}
  </div>
)

type OperatorPageProps = {
  readonly person: OperatorView
  /** whether the viewer may see the audit trail */
  readonly mayAudit: boolean
  /** absent for viewers */
  readonly actions?: OperatorActions | undefined
}

/** One user: their role, state and an admin's actions. */
export function OperatorPage({ person, mayAudit, actions }: OperatorPageProps) {
  return (
    <>
      <PageHeader
        title={<span className="wrap-anywhere">{person.name ?? person.email}</span>}
        description={person.name ? person.email : undefined}
        actions={links(person.id, mayAudit)}
      />
      <Facts person={person} />
      {actions ? (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <RoleForm person={person} changeRole={actions.changeRole} />
          <div className="grid gap-5">
            <PasswordLinkCard person={person} make={actions.makePasswordLink} />
            <CodesCard person={person} switchOff={actions.switchOffCodes} />
            <AccessCard person={person} actions={actions} />
          </div>
        </div>
      ) : null}
    </>
  )
}
