'use client'
import { Activity, Ellipsis, KeyRound, Unplug, Waypoints } from 'lucide-react'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { hrefOf } from '@/components/admin/list/hrefs'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { ConnectionRow } from '@/lib/admin/views'
import type { ConnectionActions } from './connection-actions'
import { PauseItem } from './pause-item'
import { RevokeDialog } from './revoke-dialog'

type ConnectionMenuProps = {
  readonly connection: Pick<ConnectionRow, 'id' | 'clientName' | 'userEmail' | 'state'>
  /** absent for those who may only read */
  readonly actions?: ConnectionActions
}

const places = [
  { path: '/admin/log', label: 'Show in the log', icon: Activity },
  { path: '/admin/tokens', label: 'Show tokens', icon: KeyRound },
  { path: '/admin/sessions', label: 'Show sessions', icon: Waypoints },
]

type ItemsProps = {
  readonly connection: ConnectionMenuProps['connection']
  /** absent where there is nothing to change, or nobody who may */
  readonly actions?: ConnectionMenuProps['actions']
  readonly onRevoke: () => void
}

function Items({ connection, actions, onRevoke }: ItemsProps) {
  return (
    <DropdownMenuContent align="end" within="content">
      {places.map(({ path, label, icon: Icon }) => (
        <DropdownMenuItem key={path} asChild>
          <Link href={hrefOf(path, { grant: connection.id })}>
            <Icon aria-hidden />
            {label}
          </Link>
        </DropdownMenuItem>
      ))}
      {actions ? (
        <>
          <DropdownMenuSeparator />
          <PauseItem connection={connection} pause={actions.pause} resume={actions.resume} />
          <DropdownMenuItem tone="bad" onSelect={onRevoke}>
            <Unplug aria-hidden />
            Revoke…
          </DropdownMenuItem>
        </>
      ) : null}
    </DropdownMenuContent>
  )
}

/** What can be done with one connection. */
export function ConnectionMenu({ connection, actions }: ConnectionMenuProps) {
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const changeable = connection.state === 'revoked' ? undefined : actions
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button
            ref={trigger}
            variant="ghost"
            size="icon-sm"
            aria-label={`Actions for ${connection.clientName} of ${connection.userEmail}`}
          >
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <Items connection={connection} actions={changeable} onRevoke={() => setAsking(true)} />
      </DropdownMenu>
      {actions ? (
        <RevokeDialog
          connection={connection}
          revoke={actions.revoke}
          open={asking}
          onOpenChange={setAsking}
          onClosed={() => trigger.current?.focus()}
        />
      ) : null}
    </>
  )
}
