'use client'
import { useRef, useState, useTransition } from 'react'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import { notify } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card'
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
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={trigger} variant="danger" onClick={() => setAsking(true)}>
        Disable account…
      </Button>
      <ConfirmDialog
        title={person.isSelf ? 'Disable your own account?' : `Disable ${person.email}?`}
        keep="Keep it"
        confirm="Disable account"
        busy="Disabling…"
        open={asking}
        onOpenChange={setAsking}
        onClosed={() => trigger.current?.focus()}
        onConfirm={async () => notify(await disable(person.id))}
      >
        <p>
          {person.isSelf
            ? 'You are signed out everywhere and cannot come back until another admin enables you.'
            : 'They are signed out everywhere and cannot come back until an admin enables them.'}
        </p>
        <p>{connections(person.activeConnections)}</p>
      </ConfirmDialog>
    </>
  )
}

function Enable({ person, enable }: { person: OperatorView } & Pick<OperatorActions, 'enable'>) {
  const [pending, start] = useTransition()
  const run = () => start(async () => notify(await enable(person.id)))
  return (
    <Button variant="primary" onClick={run} disabled={pending}>
      {pending ? 'Enabling…' : 'Enable account'}
    </Button>
  )
}

/** Whether a user is enabled, and the button that changes it. */
export function AccessCard({ person, actions }: AccessCardProps) {
  const isDisabled = person.state === 'disabled'
  return (
    <Card>
      <CardHeader>
        <CardTitle>Access</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <p className="text-pretty text-muted text-sm">
          {isDisabled
            ? 'This account cannot sign in, and its connections are refused. Nothing of it is lost.'
            : 'A disabled account cannot sign in, and what was allowed in its name is refused until it is enabled again.'}
        </p>
        <div className="grid md:justify-end">
          {isDisabled ? (
            <Enable person={person} enable={actions.enable} />
          ) : (
            <Disable person={person} disable={actions.disable} />
          )}
        </div>
      </CardContent>
    </Card>
  )
}
