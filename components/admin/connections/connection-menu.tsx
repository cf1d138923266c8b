'use client'
import {
  Activity,
  CirclePause,
  CirclePlay,
  KeyRound,
  Pencil,
  Unplug,
  Waypoints,
} from 'lucide-react'
import { useDialogs } from '@/components/kit/confirm-dialog'
import { useExpected } from '@/components/kit/expected'
import { hrefOf } from '@/components/kit/list/hrefs'
import { type MenuItem, RowMenu } from '@/components/kit/row-menu'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import type { ConnectionActions } from './connection-actions'
import { RenameDialog } from './rename-dialog'
import { RevokeDialog } from './revoke-dialog'
import { useChanges } from './use-changes'

const places = [
  { path: '/admin/log', label: 'Show in the log', icon: Activity },
  { path: '/admin/tokens', label: 'Show tokens', icon: KeyRound },
  { path: '/admin/sessions', label: 'Show sessions', icon: Waypoints },
]

type ConnectionMenuProps = {
  readonly connection: ConnectionRow
  /** absent for viewers */
  readonly actions?: ConnectionActions
}

const nameOf = ({ clientName, userEmail }: ConnectionRow): string => `${clientName} of ${userEmail}`

const linksOf = ({ id }: ConnectionRow): readonly MenuItem[] =>
  places.map(({ path, ...place }) => ({ ...place, href: hrefOf(path, { grant: id }) }))

function ChangeMenu({ connection: known, actions }: Required<ConnectionMenuProps>) {
  const connection = useExpected(known)
  const { toggle, rename } = useChanges(actions)
  const { trigger, ask, asked } = useDialogs<'rename' | 'revoke'>()
  const isPaused = connection.state === 'paused'
  const changes: readonly MenuItem[] = [
    { label: 'Rename…', icon: Pencil, onSelect: () => ask('rename') },
    // without confirmation: the notice offers to undo
    {
      label: isPaused ? 'Resume' : 'Pause',
      icon: isPaused ? CirclePlay : CirclePause,
      onSelect: () => toggle(connection),
    },
    { label: 'Revoke…', icon: Unplug, tone: 'bad', onSelect: () => ask('revoke') },
  ]
  return (
    <>
      <RowMenu
        name={nameOf(connection)}
        trigger={trigger}
        groups={[
          linksOf(connection),
          connection.state === 'revoked' ? changes.slice(0, 1) : changes,
        ]}
      />
      <RenameDialog {...asked('rename')} connection={connection} rename={rename} />
      <RevokeDialog {...asked('revoke')} connection={connection} revoke={actions.revoke} />
    </>
  )
}

/** The actions on one connection. */
export function ConnectionMenu({ connection, actions }: ConnectionMenuProps) {
  if (!actions) return <RowMenu name={nameOf(connection)} groups={[linksOf(connection)]} />
  return <ChangeMenu connection={connection} actions={actions} />
}
