'use client'
import { CirclePause, CirclePlay, Pencil, Unplug } from 'lucide-react'
import { useRef, useState } from 'react'
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
  const [asking, ask] = useState<'rename' | 'revoke' | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const asked = (which: 'rename' | 'revoke') => ({
    connection,
    open: asking === which,
    onOpenChange: (open: boolean) => ask(open ? which : null),
    onClosed: () => bar.current?.querySelector('button')?.focus(),
  })
  const isPaused = connection.state === 'paused'
  return (
    <div ref={bar} className="flex flex-wrap gap-2">
      <Button onClick={() => ask('rename')}>
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
      <RenameDialog {...asked('rename')} rename={rename} />
      <RevokeDialog {...asked('revoke')} revoke={actions.revoke} />
    </div>
  )
}
