'use client'
import { CirclePause, CirclePlay } from 'lucide-react'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

type PauseItemProps = {
  readonly connection: Pick<ConnectionRow, 'id' | 'state'>
  readonly toggle: (connection: Pick<ConnectionRow, 'id' | 'state'>) => void
}

/** Pauses or resumes without confirmation: the notice offers to undo. */
export function PauseItem({ connection, toggle }: PauseItemProps) {
  const isPaused = connection.state === 'paused'
  const Icon = isPaused ? CirclePlay : CirclePause
  return (
    <DropdownMenuItem onSelect={() => toggle(connection)}>
      <Icon aria-hidden />
      {isPaused ? 'Resume' : 'Pause'}
    </DropdownMenuItem>
  )
}
