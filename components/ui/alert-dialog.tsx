'use client'
import { AlertDialog as RadixAlertDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'

/** What opens a dialog, and what follows when it closes. */
export type DialogOpening = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** restores the focus after closing */
  readonly onClosed: () => void
}

type AlertDialogProps = DialogOpening & {
  readonly title: string
  /** what happens, and whom it affects */
  readonly children: ReactNode
  /** label of the button that changes nothing */
  readonly keep: string
  /** whether the action runs: until it ends the dialog stays */
  readonly isBusy: boolean
  /** the button of the action */
  readonly action: ReactNode
}

/** A question that must be answered first; the harmless button is first in focus order. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, onClosed, title, children, keep, isBusy, action } = props
  return (
    <RadixAlertDialog.Root open={open} onOpenChange={(next) => !isBusy && onOpenChange(next)}>
      <RadixAlertDialog.Portal>
        <RadixAlertDialog.Overlay className="fixed inset-0 z-50 animate-fade bg-[oklch(0.15_0.02_266/0.5)]" />
        <RadixAlertDialog.Content
          data-slot="alert-dialog"
          className="fixed top-1/2 left-1/2 z-50 grid w-[calc(100%-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-fade gap-4 rounded-xl border bg-raised p-5 shadow-overlay"
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onClosed()
          }}
        >
          <RadixAlertDialog.Title className="font-semibold text-lg">{title}</RadixAlertDialog.Title>
          <RadixAlertDialog.Description asChild>
            <div className="grid gap-2 text-pretty text-muted text-sm">{children}</div>
          </RadixAlertDialog.Description>
          <div className="flex justify-end gap-2 max-md:flex-col-reverse">
            <RadixAlertDialog.Cancel asChild>
              <Button disabled={isBusy}>{keep}</Button>
            </RadixAlertDialog.Cancel>
            {action}
          </div>
        </RadixAlertDialog.Content>
      </RadixAlertDialog.Portal>
    </RadixAlertDialog.Root>
  )
}
