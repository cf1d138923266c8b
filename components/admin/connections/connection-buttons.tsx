'use client'
import { CirclePause, CirclePlay, Pencil, Unplug } from 'lucide-react'
import { useDialogs } from '@/components/kit/confirm-dialog'
import { useExpected } from '@/components/kit/expected'
import { Button } from '@/components/ui/button'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import type { ConnectionActions } from './connection-actions'
import { RenameDialog } from './rename-dialog'
import { RevokeDialog } from './revoke-dialog'
import { useChanges } from './use-changes'

type ConnectionButtonsProps = {
  readonly connection: ConnectionRow
  readonly actions: ConnectionActions
}

/** The actions on the connection's page. */
export function ConnectionButtons({ connection: known, actions }: ConnectionButtonsProps) {
  const connection = useExpected(known)
  const { toggle, rename } = useChanges(actions)
  const { trigger, ask, asked } = useDialogs<'rename' | 'revoke'>()
  const isPaused = connection.state === 'paused'
  return (
    <div className="flex flex-wrap gap-2">
      {/* it gets the focus back, since the others go with a revoked connection */}
      <Button ref={trigger} onClick={() => ask('rename')}>
        <Pencil aria-hidden />
        Rename…
      </Button>
      {connection.state === 'revoked' ? null : (
        <>
          <Button onClick={() => toggle(connection)}>
            {isPaused ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />}
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
          <Button variant="danger" onClick={() => ask('revoke')}>
            <Unplug aria-hidden />
            Revoke…
          </Button>
        </>
      )}
      <RenameDialog {...asked('rename')} connection={connection} rename={rename} />
      <RevokeDialog {...asked('revoke')} connection={connection} revoke={actions.revoke} />
    </div>
  )
}
