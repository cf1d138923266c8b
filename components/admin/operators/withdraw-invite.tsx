'use client'
import { X } from 'lucide-react'
import { useRef, useState } from 'react'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import { notify } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import type { InviteRow } from '@/lib/admin/people/people'
import type { WithdrawAction } from './operator-actions'

type WithdrawInviteProps = { readonly invite: InviteRow; readonly withdraw: WithdrawAction }

/** The button that withdraws an open link, after a confirmation. */
export function WithdrawInvite({ invite, withdraw }: WithdrawInviteProps) {
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button
        ref={trigger}
        variant="ghost"
        size="icon-sm"
        aria-label={`Withdraw the link for ${invite.email}`}
        onClick={() => setAsking(true)}
      >
        <X aria-hidden />
      </Button>
      <ConfirmDialog
        title="Withdraw this link?"
        keep="Keep it"
        confirm="Withdraw link"
        busy="Withdrawing…"
        open={asking}
        onOpenChange={setAsking}
        onClosed={() => trigger.current?.focus()}
        onConfirm={async () => notify(await withdraw(invite.id))}
      >
        <p>
          It stops working at once.{' '}
          <strong className="wrap-anywhere text-ink">{invite.email}</strong> needs a new one then.
        </p>
      </ConfirmDialog>
    </>
  )
}
