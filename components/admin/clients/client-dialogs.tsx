'use client'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import type { DialogOpening } from '@/components/ui/alert-dialog'
import type { ClientRow } from '@/lib/admin/clients/clients'
import { AffectedCount } from './affected-count'
import type { ClientActions } from './client-actions'

type DialogProps = DialogOpening & { readonly client: ClientRow }

type RotateProps = DialogProps &
  Pick<ClientActions, 'rotateSecret'> & { readonly onSecret: (secret: string) => void }

/** Confirms the rotation of a client's secret. */
export function RotateDialog({ client, rotateSecret, onSecret, ...dialog }: RotateProps) {
  const rotate = async () => {
    const outcome = await rotateSecret(client.id)
    if (outcome.secret) onSecret(outcome.secret)
    return outcome
  }
  return (
    <ConfirmDialog
      title={`Rotate the secret of ${client.name}?`}
      keep="Keep the current one"
      confirm="Rotate secret"
      busy="Rotating…"
      onConfirm={rotate}
      {...dialog}
    >
      <p>
        The current secret stops working at once: {client.name} cannot get or refresh a token until
        it has the new one. Tokens it holds already go on until they expire.
      </p>
      <p>The new secret is shown once.</p>
    </ConfirmDialog>
  )
}

/** Confirms the disabling of a client. */
export function DisableDialog({
  client,
  disable,
  consequences,
  ...dialog
}: DialogProps & Pick<ClientActions, 'disable' | 'consequences'>) {
  return (
    <ConfirmDialog
      title={`Disable ${client.name}?`}
      keep="Keep it enabled"
      confirm="Disable client"
      busy="Disabling…"
      onConfirm={() => disable(client.id)}
      {...dialog}
    >
      <p>
        {client.name} can no longer ask for access, and its tokens are refused from its next request
        on.
      </p>
      <AffectedCount client={client} consequences={consequences} what="cannot be used" />
      <p>Nothing is lost: when it is enabled again, its tokens work until they expire.</p>
    </ConfirmDialog>
  )
}

/** Confirms the deletion of a client. */
export function DeleteDialog({
  client,
  remove,
  consequences,
  ...dialog
}: DialogProps & Pick<ClientActions, 'remove' | 'consequences'>) {
  return (
    <ConfirmDialog
      title={`Delete ${client.name}?`}
      keep="Keep it"
      confirm="Delete client"
      busy="Deleting…"
      onConfirm={() => remove(client.id)}
      {...dialog}
    >
      <p>
        {client.name} is deleted with its connections and tokens, which stop working at once. What
        it did stays in the log.
      </p>
      <AffectedCount client={client} consequences={consequences} what="ends with it" />
      <p>
        This cannot be undone.{' '}
        {client.kind === 'registered'
          ? 'Its users need another client.'
          : 'It may register and ask again: to keep it out, disable it instead.'}
      </p>
    </ConfirmDialog>
  )
}
