import { CirclePause, CirclePlay, Unplug } from 'lucide-react'
import { LinkButton } from '@/components/kit/links'
import { Button } from '@/components/ui/button'
import { CardContent, TitledCard } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

type Form = (form: FormData) => Promise<void>

/** A user's actions on a connection of their own; each form sends its `id`. */
export type OwnForms = {
  readonly pause: Form
  readonly resume: Form
  readonly rename: Form
}

type OwnChangesProps = { readonly connection: ConnectionRow; readonly forms: OwnForms }

function Toggle({ connection, forms }: OwnChangesProps) {
  const isPaused = connection.state === 'paused'
  return (
    <form action={isPaused ? forms.resume : forms.pause} className="contents">
      <input type="hidden" name="id" value={connection.id} />
      <Button type="submit">
        {isPaused ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />}
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
    </form>
  )
}

/** Pause, rename, revoke. */
export function OwnChanges({ connection, forms }: OwnChangesProps) {
  const { id, state, label, clientName } = connection
  return (
    <TitledCard title="Change it">
      <CardContent className="grid gap-5 md:grid-cols-2">
        <form action={forms.rename} className="flex items-end gap-2">
          <input type="hidden" name="id" value={id} />
          <Field
            key={label}
            label="Name"
            name="label"
            defaultValue={label ?? ''}
            placeholder={clientName}
            maxLength={60}
            autoComplete="off"
            className="min-w-0 flex-1"
          />
          <Button type="submit" className="h-9">
            Rename
          </Button>
        </form>
        {state === 'revoked' ? (
          <p className="self-end text-muted text-sm">It is revoked, and cannot be used any more.</p>
        ) : (
          <div className="flex flex-wrap items-end gap-2 md:justify-end">
            {connection.isHeld ? (
              <p className="basis-full text-muted text-sm md:text-right">
                An operator of this server paused it. Ask them to resume it.
              </p>
            ) : (
              <Toggle connection={connection} forms={forms} />
            )}
            <LinkButton href={`/connections/${id}/revoke`} variant="danger" icon={Unplug}>
              Revoke…
            </LinkButton>
          </div>
        )}
      </CardContent>
    </TitledCard>
  )
}
