'use client'
import { useActionState } from 'react'
import { Callout } from '@/components/ui/callout'
import { CardContent, TitledCard } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import type { OperatorView } from '@/lib/admin/people/people'
import type { OperatorActions } from './operator-actions'
import { ShownLink } from './shown-link'

type PasswordLinkCardProps = {
  readonly person: OperatorView
  readonly make: OperatorActions['makePasswordLink']
}

/** Creates a password link for a user. */
export function PasswordLinkCard({ person, make }: PasswordLinkCardProps) {
  const [state, action, pending] = useActionState(make, { made: null, problem: null })
  return (
    <TitledCard title="Password">
      <CardContent className="grid gap-4" aria-live="polite">
        <p className="text-pretty text-muted text-sm">
          {person.hasPassword
            ? 'A link lets them choose a new password, once. The current one works until then.'
            : 'They have none. A link lets them choose one, in addition to the ways they sign in now.'}
        </p>
        {state.problem ? <Callout tone="bad">{state.problem}</Callout> : null}
        {state.made ? <ShownLink {...state.made} /> : null}
        <form action={action} className="grid md:justify-end">
          <input type="hidden" name="id" value={person.id} />
          <SubmitButton
            pending={pending}
            busy="Making the link…"
            disabled={person.state === 'disabled'}
          >
            Make password link
          </SubmitButton>
        </form>
      </CardContent>
    </TitledCard>
  )
}
