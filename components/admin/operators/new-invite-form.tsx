'use client'
import { useActionState } from 'react'
import { Made, NewRecordForm } from '@/components/kit/new-record-form'
import { Field } from '@/components/ui/field'
import type { InviteState, inviteOperator } from '@/lib/admin/people/invites'
import { RoleChoice } from './role-choice'
import { ShownLink } from './shown-link'

const path = '/admin/operators'

const initial: InviteState = { input: { email: '', role: 'viewer' }, problems: {}, made: null }

/** The form for an invitation; then shows the link once. */
export function NewInviteForm({ invite }: { invite: typeof inviteOperator }) {
  const [{ input, problems, made }, action, pending] = useActionState(invite, initial)
  const shown = made && (
    <Made
      title={`The link for ${input.email} is ready`}
      sentence="Send it in a way that only they can read."
      href={path}
      back="Back to the operators"
    >
      <ShownLink {...made} />
    </Made>
  )
  return (
    <NewRecordForm
      action={action}
      pending={pending}
      href={path}
      submit="Make invitation link"
      busy="Making the link…"
      made={shown}
    >
      <Field
        label="Email"
        name="email"
        type="email"
        defaultValue={input.email}
        problem={problems.email}
        hint="They sign in with it. Portico sends nothing there: you hand over the link."
        maxLength={200}
        autoComplete="off"
        required
      />
      <RoleChoice value={input.role} problem={problems.role} />
    </NewRecordForm>
  )
}
