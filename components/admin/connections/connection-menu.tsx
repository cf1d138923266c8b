'use client'
import { Activity, Ellipsis, KeyRound, Pencil, Unplug, Waypoints } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useRef, useState } from 'react'
import { useExpected } from '@/components/kit/expected'
import { hrefOf } from '@/components/kit/list/hrefs'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import type { ConnectionActions } from './connection-actions'
import { PauseItem } from './pause-item'
import { RenameDialog } from './rename-dialog'
import { RevokeDialog } from './revoke-dialog'
import { useChanges } from './use-changes'

type ConnectionMenuProps = {
  readonly connection: Pick<ConnectionRow, 'id' | 'clientName' | 'label' | 'userEmail' | 'state'>
  /** absent for viewers */
  readonly actions?: ConnectionActions
}

const places = [
  { path: '/admin/log', label: 'Show in the log', icon: Activity },
  { path: '/admin/tokens', label: 'Show tokens', icon: KeyRound },
  { path: '/admin/sessions', label: 'Show sessions', icon: Waypoints },
]

type Question = 'rename' | 'revoke'

type ItemsProps = {
  readonly connection: ConnectionMenuProps['connection']
  readonly toggle: ReturnType<typeof useChanges>['toggle']
  readonly ask: (question: Question) => void
}

function ChangeItems({ connection, toggle, ask }: ItemsProps) {
  return (
    <>
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={() => ask('rename')}>
        <Pencil aria-hidden />
        Rename…
      </DropdownMenuItem>
      {connection.state === 'revoked' ? null : (
        <>
          <PauseItem connection={connection} toggle={toggle} />
          <DropdownMenuItem tone="bad" onSelect={() => ask('revoke')}>
            <Unplug aria-hidden />
            Revoke…
          </DropdownMenuItem>
        </>
      )}
    </>
  )
}

function Items({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <DropdownMenuContent align="end" within="content">
      {places.map(({ path, label, icon: Icon }) => (
        <DropdownMenuItem key={path} asChild>
          <Link href={hrefOf(path, { grant: id })}>
            <Icon aria-hidden />
            {label}
          </Link>
        </DropdownMenuItem>
      ))}
      {children}
    </DropdownMenuContent>
  )
}

type ChangesProps = Required<ConnectionMenuProps> & {
  readonly trigger: ReactNode
  readonly onClosed: () => void
}

function Changes({ connection: known, actions, trigger, onClosed }: ChangesProps) {
  const connection = useExpected(known)
  const { toggle, rename } = useChanges(actions)
  const [question, ask] = useState<Question | null>(null)
  const asked = (which: Question) => ({
    connection,
    open: question === which,
    onOpenChange: (open: boolean) => ask(open ? which : null),
    onClosed,
  })
  return (
    <>
      <DropdownMenu>
        {trigger}
        <Items id={connection.id}>
          <ChangeItems connection={connection} toggle={toggle} ask={ask} />
        </Items>
      </DropdownMenu>
      <RenameDialog {...asked('rename')} rename={rename} />
      <RevokeDialog {...asked('revoke')} revoke={actions.revoke} />
    </>
  )
}

/** The actions on one connection. */
export function ConnectionMenu({ connection, actions }: ConnectionMenuProps) {
  const button = useRef<HTMLButtonElement>(null)
  const trigger = (
    <DropdownMenuTrigger asChild>
      <Button
        ref={button}
        variant="ghost"
        size="icon-sm"
        aria-label={`Actions for ${connection.clientName} of ${connection.userEmail}`}
      >
        <Ellipsis aria-hidden />
      </Button>
    </DropdownMenuTrigger>
  )
  if (actions) {
    const onClosed = () => button.current?.focus()
    return <Changes {...{ connection, actions, trigger, onClosed }} />
  }
  return (
    <DropdownMenu>
      {trigger}
      <Items id={connection.id}>{null}</Items>
    </DropdownMenu>
  )
}
