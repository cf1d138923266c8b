'use client'
import { useTransition } from 'react'
import { useExpect } from '@/components/kit/expected'
import { showResult } from '@/components/kit/outcome'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import type { ConnectionActions } from './connection-actions'

type Actions = Pick<ConnectionActions, 'pause' | 'resume' | 'rename'>

/** The optimistic changes, which a notice offers to undo. */
export function useChanges(actions: Actions) {
  const expect = useExpect()
  const [, start] = useTransition()

  const changeState = (id: string, to: 'paused' | 'active', isUndo = false) =>
    start(async () => {
      expect([id], { state: to })
      const outcome = await (to === 'paused' ? actions.pause(id) : actions.resume(id))
      const back = to === 'paused' ? 'active' : 'paused'
      showResult(outcome, isUndo ? undefined : () => changeState(id, back, true))
    })

  const rename = (id: string, label: string, isUndo = false) =>
    start(async () => {
      expect([id], { label: label.trim() || null })
      const outcome = await actions.rename(id, label)
      showResult(outcome, isUndo ? undefined : () => rename(id, outcome.before ?? '', true))
    })

  return {
    /** pauses an active connection, resumes a paused one */
    toggle: ({ id, state }: Pick<ConnectionRow, 'id' | 'state'>) =>
      changeState(id, state === 'paused' ? 'active' : 'paused'),
    rename: (id: string, label: string) => rename(id, label),
  }
}
