'use client'
import { CircleOff, KeyRound, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useDialogs } from '@/components/kit/confirm-dialog'
import { shortId } from '@/components/kit/list/hrefs'
import { showResult } from '@/components/kit/outcome'
import { RowMenu } from '@/components/kit/row-menu'
import type { ClientRow } from '@/lib/admin/clients/clients'
import type { ClientActions } from './client-actions'
import { DeleteDialog, DisableDialog, RotateDialog } from './client-dialogs'
import { SecretDialog } from './secret-dialog'

type ClientMenuProps = { readonly client: ClientRow; readonly actions: ClientActions }

/** An admin's actions on one client. */
export function ClientMenu({ client, actions }: ClientMenuProps) {
  const { trigger, ask, asked } = useDialogs<'rotate' | 'disable' | 'delete'>()
  const [secret, setSecret] = useState<string | null>(null)
  const { id, name } = client
  const rotate = { label: 'Rotate secret…', icon: KeyRound, onSelect: () => ask('rotate') }
  const enable = {
    label: 'Enable',
    icon: Play,
    onSelect: async () => showResult(await actions.enable(id)),
  }
  const disable = { label: 'Disable…', icon: CircleOff, onSelect: () => ask('disable') }
  // a client that registered itself has no way to learn a new secret
  const isRotatable = client.kind === 'registered' && client.hasSecret
  return (
    <>
      <RowMenu
        name={`${name}, id ending in ${shortId(id)}`}
        trigger={trigger}
        groups={[
          [...(isRotatable ? [rotate] : []), client.state === 'disabled' ? enable : disable],
          [{ label: 'Delete…', icon: Trash2, tone: 'bad', onSelect: () => ask('delete') }],
        ]}
      />
      <RotateDialog
        {...asked('rotate')}
        client={client}
        rotateSecret={actions.rotateSecret}
        onSecret={setSecret}
      />
      <DisableDialog {...asked('disable')} client={client} {...actions} />
      <DeleteDialog {...asked('delete')} client={client} {...actions} />
      <SecretDialog
        client={client}
        secret={secret}
        onClose={() => setSecret(null)}
        onClosed={asked('rotate').onClosed}
      />
    </>
  )
}
