'use client'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import type { ActionResult } from '@/components/kit/outcome'
import type { DialogOpening } from '@/components/ui/alert-dialog'
import type { BulkChange } from '@/lib/admin/connections/connections'
import type { ConnectionRow } from '@/lib/admin/connections/rows'

type Words = {
  readonly verb: string
  readonly busy: string
  readonly keep: string
  readonly tone: 'primary' | 'danger'
  readonly means: string
  readonly fits: (row: ConnectionRow) => boolean
}

const words: Record<BulkChange, Words> = {
  pause: {
    verb: 'Pause',
    busy: 'Pausing…',
    keep: 'Leave them',
    tone: 'primary',
    means: 'Their tokens are refused, and kept until you resume them.',
    fits: ({ state }) => state === 'active',
  },
  resume: {
    verb: 'Resume',
    busy: 'Resuming…',
    keep: 'Leave them',
    tone: 'primary',
    means: 'Their tokens work again.',
    fits: ({ state }) => state === 'paused',
  },
  revoke: {
    verb: 'Revoke',
    busy: 'Revoking…',
    keep: 'Keep them',
    tone: 'danger',
    means:
      'Their tokens stop working within a second. This cannot be undone: to come back, each has to be connected and allowed again.',
    fits: ({ state }) => state !== 'revoked',
  },
}

const connections = (count: number) => `${count} ${count === 1 ? 'connection' : 'connections'}`

function AffectedList({ rows }: { readonly rows: readonly ConnectionRow[] }) {
  return (
    <ul className="max-h-52 overflow-y-auto rounded-md border bg-sunken/50 px-3 py-2 text-ink">
      {rows.map(({ id, label, clientName, userEmail }) => (
        <li key={id} className="wrap-anywhere py-0.5">
          {label ?? clientName} <span className="text-muted">of {userEmail}</span>
        </li>
      ))}
    </ul>
  )
}

type BulkDialogProps = DialogOpening & {
  readonly change: BulkChange
  readonly rows: readonly ConnectionRow[]
  readonly onConfirm: (ids: readonly string[]) => Promise<ActionResult>
}

/** Confirms an action on several connections: what happens, and whom it affects. */
export function BulkDialog({ change, rows, onConfirm, ...dialog }: BulkDialogProps) {
  const { verb, busy, keep, tone, means, fits } = words[change]
  const affected = rows.filter(fits)
  const rest = rows.length - affected.length
  return (
    <ConfirmDialog
      title={`${verb} ${connections(affected.length)}?`}
      keep={keep}
      confirm={`${verb} ${connections(affected.length)}`}
      busy={busy}
      tone={tone}
      isReady={affected.length > 0}
      onConfirm={() => onConfirm(affected.map(({ id }) => id))}
      {...dialog}
    >
      <p>{affected.length > 0 ? means : 'None of those you selected can be changed this way.'}</p>
      {affected.length > 0 ? <AffectedList rows={affected} /> : null}
      {rest > 0 ? <p>{connections(rest)} of your selection will not change.</p> : null}
    </ConfirmDialog>
  )
}
