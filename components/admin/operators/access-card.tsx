'use client'
import { ActionButton } from '@/components/kit/action-button'
import { ConfirmButton } from '@/components/kit/confirm-dialog'
import { CardContent, TitledCard } from '@/components/ui/card'
import type { OperatorView } from '@/lib/admin/people/people'
import type { OperatorActions } from './operator-actions'

const connections = (count: number): string =>
  count === 0
    ? 'Nothing else is affected: there is no active connection in that name.'
    : `${count === 1 ? 'One connection in that name stops' : `${count.toLocaleString('en')} connections in that name stop`} working at once, until the account is enabled again.`

type AccessCardProps = {
  readonly person: OperatorView
  readonly actions: Pick<OperatorActions, 'disable' | 'enable'>
}

function Disable({ person, disable }: { person: OperatorView } & Pick<OperatorActions, 'disable'>) {
  return (
    <ConfirmButton
      button={{ variant: 'danger', children: 'Disable account…' }}
      title={person.isSelf ? 'Disable your own account?' : `Disable ${person.email}?`}
      keep="Keep it"
      confirm="Disable account"
      busy="Disabling…"
      onConfirm={() => disable(person.id)}
    >
      <p>
        {person.isSelf
          ? 'You are signed out everywhere and cannot come back until another admin enables you.'
          : 'They are signed out everywhere and cannot come back until an admin enables them.'}
      </p>
      <p>{connections(person.activeConnections)}</p>
    </ConfirmButton>
  )
}

/** Whether a user is enabled, and the button that changes it. */
export function AccessCard({ person, actions }: AccessCardProps) {
  const isDisabled = person.state === 'disabled'
  return (
    <TitledCard title="Access">
      <CardContent className="grid gap-4">
        <p className="text-pretty text-muted text-sm">
          {isDisabled
            ? 'This account cannot sign in, and its connections are refused. Nothing of it is lost.'
            : 'A disabled account cannot sign in, and what was allowed in its name is refused until it is enabled again.'}
        </p>
        <div className="grid md:justify-end">
          {isDisabled ? (
            <ActionButton
              variant="primary"
              action={() => actions.enable(person.id)}
              busy="Enabling…"
            >
              Enable account
            </ActionButton>
          ) : (
            <Disable person={person} disable={actions.disable} />
          )}
        </div>
      </CardContent>
    </TitledCard>
  )
}
