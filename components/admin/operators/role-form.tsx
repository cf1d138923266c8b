'use client'
import { useActionState } from 'react'
import { FormOutcome } from '@/components/kit/form-outcome'
import { CardContent, TitledCard } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import type { OperatorView } from '@/lib/admin/people/people'
import type { OperatorActions } from './operator-actions'
import { RoleChoice } from './role-choice'

type RoleFormProps = {
  readonly person: OperatorView
  readonly changeRole: OperatorActions['changeRole']
}

/** A user's role, and a form that changes it. */
export function RoleForm({ person, changeRole }: RoleFormProps) {
  const [{ outcome }, action, pending] = useActionState(changeRole, { outcome: null })
  return (
    <TitledCard title="What they may do">
      <CardContent>
        <form action={action} className="grid gap-4">
          <input type="hidden" name="id" value={person.id} />
          <RoleChoice key={person.role} value={person.role} />
          <p className="text-pretty text-muted text-xs max-md:text-sm">
            It takes effect with their next click, and with the next request of their connections.
          </p>
          <FormOutcome outcome={outcome} />
          <SubmitButton pending={pending} busy="Saving…" className="md:justify-self-end">
            Save role
          </SubmitButton>
        </form>
      </CardContent>
    </TitledCard>
  )
}
