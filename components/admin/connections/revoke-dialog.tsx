'use client'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import type { DialogOpening } from '@/components/ui/alert-dialog'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import type { ConnectionActions } from './connection-actions'

type RevokeDialogProps = DialogOpening &
  Pick<ConnectionActions, 'revoke'> & { readonly connection: ConnectionRow }

/** Confirms a revocation: what happens, and whom it affects. */
export function RevokeDialog({ connection, revoke, ...dialog }: RevokeDialogProps) {
  const { id, clientName, userEmail } = connection
  return (
    <ConfirmDialog
      title={`Revoke the connection of ${clientName}?`}
      keep="Keep it"
      confirm="Revoke connection"
      busy="Revoking…"
      onConfirm={() => revoke(id)}
      {...dialog}
    >
      <p>
        {clientName} loses what <strong className="text-ink">{userEmail}</strong> allowed it. Its
        tokens stop working within a second, and calls under way are refused.
      </p>
      <p>This cannot be undone. To come back, it has to be connected and allowed again.</p>
    </ConfirmDialog>
  )
}
