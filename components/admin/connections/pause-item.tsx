'use client'
import { CirclePause, CirclePlay } from 'lucide-react'
import { tell } from '@/components/admin/outcome'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import type { ConnectionRow } from '@/lib/admin/views'
import type { ConnectionActions } from './connection-actions'

type PauseItemProps = Pick<ConnectionActions, 'pause' | 'resume'> & {
  readonly connection: Pick<ConnectionRow, 'id' | 'state'>
}

/** Pauses or resumes at once: unlike a revocation it can be undone, and the notice says how. */
export function PauseItem({ connection, pause, resume }: PauseItemProps) {
  const isPaused = connection.state === 'paused'
  const [act, label, Icon] = isPaused
    ? ([resume, 'Resume', CirclePlay] as const)
    : ([pause, 'Pause', CirclePause] as const)
  return (
    <DropdownMenuItem onSelect={async () => tell(await act(connection.id))}>
      <Icon aria-hidden />
      {label}
    </DropdownMenuItem>
  )
}
