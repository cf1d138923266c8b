'use client'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { showResult } from '@/components/kit/outcome'
import { useRowKeys } from '@/components/kit/use-row-keys'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Kbd } from '@/components/ui/kbd'
import type { ApprovalRow } from '@/lib/admin/approvals/approvals'
import type { approveHeld, denyHeld } from '@/lib/admin/approvals/changes'
import { ApprovalFacts } from './approval-card'

/** An operator's actions on a pending approval, by its id. */
export type ApprovalActions = {
  readonly approve: typeof approveHeld
  readonly deny: typeof denyHeld
}

/** The focused row. */
const focusedRow = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-approval]')?.dataset.approval

function useDecision(actions: ApprovalActions | undefined) {
  const [deciding, setDeciding] = useState<string | null>(null)
  const decide = async (how: keyof ApprovalActions, id: string) => {
    if (!actions || deciding !== null) return
    setDeciding(id)
    try {
      showResult(await actions[how](id))
    } finally {
      setDeciding(null)
    }
  }
  return { deciding, decide }
}

type ButtonsProps = {
  readonly row: ApprovalRow
  readonly busy: boolean
  readonly decide: (how: keyof ApprovalActions, id: string) => void
}

function Buttons({ row, busy, decide }: ButtonsProps) {
  return (
    <div className="flex shrink-0 gap-2 max-md:*:flex-1">
      <Button disabled={busy} onClick={() => decide('deny', row.id)} aria-keyshortcuts="d">
        <X aria-hidden />
        Deny<span className="sr-only"> {row.clientName}</span>
        <Kbd aria-hidden className="max-md:hidden">
          d
        </Kbd>
      </Button>
      <Button
        variant="primary"
        disabled={busy}
        onClick={() => decide('approve', row.id)}
        aria-keyshortcuts="a"
      >
        <Check aria-hidden />
        Approve<span className="sr-only"> {row.clientName}</span>
        <Kbd aria-hidden className="max-md:hidden">
          a
        </Kbd>
      </Button>
    </div>
  )
}

type ApprovalListProps = {
  readonly rows: readonly ApprovalRow[]
  readonly actions: ApprovalActions | undefined
}

/** Pending approvals, decided by button or, for the focused row, by key. */
export function ApprovalList({ rows, actions }: ApprovalListProps) {
  const { deciding, decide } = useDecision(actions)
  useRowKeys('[data-approval]', (key) => {
    const id = focusedRow()
    if (!id || (key !== 'a' && key !== 'd')) return false
    decide(key === 'a' ? 'approve' : 'deny', id)
    return true
  })
  return (
    <ul aria-label="Waiting for approval" className="grid gap-3">
      {rows.map((row) => (
        <li key={row.id}>
          <Card
            data-approval={row.id}
            tabIndex={0}
            aria-label={`${row.clientName} for ${row.userEmail}`}
            className="flex items-start justify-between gap-4 p-4 max-md:flex-col max-md:items-stretch sm:p-5"
          >
            <ApprovalFacts row={row} />
            {actions ? <Buttons row={row} busy={deciding !== null} decide={decide} /> : null}
          </Card>
        </li>
      ))}
    </ul>
  )
}
