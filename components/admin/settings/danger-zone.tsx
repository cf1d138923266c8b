'use client'
import { useActionState } from 'react'
import { FormOutcome } from '@/components/kit/form-outcome'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { revokeEverything } from '@/lib/admin/settings/danger'
import type { Reach } from '@/lib/store/grants/revoke-all'

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

function Affected({ reach }: { reach: Reach }) {
  const { consents } = reach
  const remembered = counted(consents, 'remembered answer', 'remembered answers')
  if (reach.connections === 0) {
    return (
      <p>
        {consents === 0
          ? 'There is no connection to revoke.'
          : `There is no connection to revoke. It would forget ${remembered}, so that apps have to ask again.`}
      </p>
    )
  }
  return (
    <p>
      It would end{' '}
      <strong className="text-ink">
        {counted(reach.connections, 'connection', 'connections')} of{' '}
        {counted(reach.people, 'person', 'people')} to {counted(reach.clients, 'client', 'clients')}
      </strong>
      , paused ones included. Every token stops working at once, and everyone has to approve their
      apps again{consents > 0 ? `: ${remembered} would be forgotten, too` : ''}. It cannot be
      undone.
    </p>
  )
}

export type DangerZoneProps = {
  readonly reach: Reach
  readonly revokeAll: typeof revokeEverything
  /** the text to type before everything is revoked */
  readonly confirmation: string
}

/** Revokes everything after a typed confirmation. */
export function DangerZone({ reach, revokeAll, confirmation }: DangerZoneProps) {
  const [state, action, pending] = useActionState(revokeAll, { problem: null, message: null })
  return (
    <TitledCard title="Danger zone" className="border-bad-line">
      <CardContent className="grid gap-4">
        <div className="grid gap-1 text-pretty text-muted text-sm">
          <h3 className="font-medium text-ink">Revoke every connection</h3>
          <Affected reach={reach} />
        </div>
        <FormOutcome outcome={state.message ? { ok: true, message: state.message } : null} />
        {reach.connections > 0 || reach.consents > 0 ? (
          <form action={action} className="grid gap-4">
            <Field
              label={`Type “${confirmation}” to go on`}
              name="confirmation"
              problem={state.problem ?? undefined}
              autoComplete="off"
              spellCheck={false}
              required
            />
            <SubmitButton
              variant="danger"
              pending={pending}
              busy="Revoking…"
              className="md:justify-self-end"
            >
              Revoke every connection
            </SubmitButton>
          </form>
        ) : null}
      </CardContent>
    </TitledCard>
  )
}
