'use client'
import { CirclePause, CirclePlay, Unplug } from 'lucide-react'
import { useRef, useState } from 'react'
import { useSelection } from '@/components/kit/list/selection'
import { Button } from '@/components/ui/button'
import type { BulkChange } from '@/lib/admin/connections/connections'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { BulkDialog } from './bulk-dialog'
import type { ConnectionActions } from './connection-actions'

type BulkBarProps = Pick<ConnectionActions, 'changeAll'> & {
  readonly rows: readonly ConnectionRow[]
}

type Asked = { readonly change: BulkChange; readonly rows: readonly ConnectionRow[] }

const choices = [
  { change: 'pause', label: 'Pause…', icon: CirclePause },
  { change: 'resume', label: 'Resume…', icon: CirclePlay },
  { change: 'revoke', label: 'Revoke…', icon: Unplug },
] as const

/** The number of selected rows and their actions; nothing while none is selected. */
export function BulkBar({ rows, changeAll }: BulkBarProps) {
  const { ids, selected, select } = useSelection()
  // the dialog keeps its content while it fades out, whatever is selected by then
  const [asked, setAsked] = useState<Asked>({ change: 'pause', rows: [] })
  const [isOpen, setOpen] = useState(false)
  const bar = useRef<HTMLDivElement>(null)
  const ask = (change: BulkChange) => {
    setAsked({ change, rows: rows.filter(({ id }) => selected.includes(id)) })
    setOpen(true)
  }
  async function confirm(which: readonly string[]) {
    const outcome = await changeAll(which, asked.change)
    // at once: the user may select other rows before the response
    if (outcome.ok) select([])
    return outcome
  }
  return (
    <>
      {/* Always rendered, so that screen readers announce the number. */}
      <p role="status" className="sr-only">
        {selected.length > 0 ? `${selected.length} selected` : ''}
      </p>
      {selected.length > 0 ? (
        <div
          ref={bar}
          role="toolbar"
          aria-label="Selected connections"
          className="sticky bottom-3 z-10 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-xl border bg-raised px-3 py-2 shadow-overlay"
        >
          <span className="px-1 font-medium text-sm tabular-nums">{selected.length} selected</span>
          {choices.map(({ change, label, icon: Icon }) => (
            <Button key={change} onClick={() => ask(change)}>
              <Icon aria-hidden />
              {label}
            </Button>
          ))}
          {selected.length < ids.length ? (
            <Button variant="ghost" onClick={() => select(ids)}>
              All {ids.length} on this page
            </Button>
          ) : null}
          <Button variant="ghost" onClick={() => select([])}>
            Clear
          </Button>
        </div>
      ) : null}
      <BulkDialog
        {...asked}
        open={isOpen}
        onConfirm={confirm}
        onOpenChange={setOpen}
        onClosed={() => bar.current?.querySelector('button')?.focus()}
      />
    </>
  )
}
