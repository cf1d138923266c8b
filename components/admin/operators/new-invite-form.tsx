'use client'
import Link from 'next/link'
import { useActionState } from 'react'
import { Button, buttonVariants } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import type { InviteState, inviteOperator } from '@/lib/admin/people/invites'
import { RoleChoice } from './role-choice'
import { ShownLink } from './shown-link'

const path = '/admin/operators'

const initial: InviteState = { input: { email: '', role: 'viewer' }, problems: {}, made: null }

function Made({
  input,
  made,
}: {
  input: InviteState['input']
  made: NonNullable<InviteState['made']>
}) {
  return (
    <Card className="grid max-w-2xl gap-4 p-4 sm:p-5">
      <div>
        <h2 className="wrap-anywhere font-semibold text-lg">The link for {input.email} is ready</h2>
        <p className="mt-0.5 text-muted text-sm">Send it in a way that only they can read.</p>
      </div>
      <ShownLink {...made} />
      <Link
        href={path}
        className={buttonVariants({ variant: 'primary', className: 'md:justify-self-start' })}
      >
        Back to the operators
      </Link>
    </Card>
  )
}

/** The form for an invitation; then shows the link once. */
export function NewInviteForm({ invite }: { invite: typeof inviteOperator }) {
  const [{ input, problems, made }, action, pending] = useActionState(invite, initial)
  return (
    // Always rendered, so that screen readers announce the new link.
    <div aria-live="polite" className="min-w-0">
      {made ? (
        <Made input={input} made={made} />
      ) : (
        <Card className="max-w-2xl p-4 sm:p-5">
          <form action={action} className="grid gap-5">
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
            <div className="flex gap-2 max-md:flex-col-reverse md:justify-end">
              <Link href={path} className={buttonVariants()}>
                Cancel
              </Link>
              <Button type="submit" variant="primary" disabled={pending}>
                {pending ? 'Making the link…' : 'Make invitation link'}
              </Button>
            </div>
          </form>
        </Card>
      )}
    </div>
  )
}
