'use client'
import { CircleOff, Ellipsis, KeyRound, Play, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { shortId } from '@/components/kit/list/hrefs'
import { notify } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { ClientRow } from '@/lib/admin/clients/clients'
import type { ClientActions } from './client-actions'
import { DeleteDialog, DisableDialog, RotateDialog } from './client-dialogs'
import { SecretDialog } from './secret-dialog'

type Question = 'rotate' | 'disable' | 'delete'

type ItemsProps = {
  readonly client: ClientRow
  readonly enable: ClientActions['enable']
  readonly ask: (question: Question) => void
}

function Items({ client, enable, ask }: ItemsProps) {
  // A client that registered itself has no way to learn a new secret.
  const rotatable = client.kind === 'registered' && client.hasSecret
  return (
    <>
      {rotatable ? (
        <DropdownMenuItem onSelect={() => ask('rotate')}>
          <KeyRound aria-hidden />
          Rotate secret…
        </DropdownMenuItem>
      ) : null}
      {client.state === 'disabled' ? (
        <DropdownMenuItem onSelect={async () => notify(await enable(client.id))}>
          <Play aria-hidden />
          Enable
        </DropdownMenuItem>
      ) : (
        <DropdownMenuItem onSelect={() => ask('disable')}>
          <CircleOff aria-hidden />
          Disable…
        </DropdownMenuItem>
      )}
      <DropdownMenuSeparator />
      <DropdownMenuItem tone="bad" onSelect={() => ask('delete')}>
        <Trash2 aria-hidden />
        Delete…
      </DropdownMenuItem>
    </>
  )
}

type ClientMenuProps = { readonly client: ClientRow; readonly actions: ClientActions }

/** An admin's actions on one client. */
export function ClientMenu({ client, actions }: ClientMenuProps) {
  const [question, setQuestion] = useState<Question | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const onClosed = () => trigger.current?.focus()
  const asked = (which: Question) => ({
    client,
    open: question === which,
    onOpenChange: (open: boolean) => setQuestion(open ? which : null),
    onClosed,
  })
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            ref={trigger}
            variant="ghost"
            size="icon-sm"
            aria-label={`Actions for ${client.name}, id ending in ${shortId(client.id)}`}
          >
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <Items client={client} enable={actions.enable} ask={setQuestion} />
        </DropdownMenuContent>
      </DropdownMenu>
      <RotateDialog {...asked('rotate')} rotateSecret={actions.rotateSecret} onSecret={setSecret} />
      <DisableDialog {...asked('disable')} {...actions} />
      <DeleteDialog {...asked('delete')} {...actions} />
      <SecretDialog
        client={client}
        secret={secret}
        onClose={() => setSecret(null)}
        onClosed={onClosed}
      />
    </>
  )
}
