'use client'
import { type ReactNode, useTransition } from 'react'
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogTitle,
} from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'

type ConfirmDialogProps = {
  readonly title: string
  /** what happens and whom it affects, in paragraphs */
  readonly children: ReactNode
  readonly keep: string
  readonly confirm: string
  /** label of the button while the action runs */
  readonly busy: string
  readonly tone?: 'primary' | 'danger'
  /** whether there is something to confirm; true by default */
  readonly isReady?: boolean
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onConfirm: () => Promise<void>
  /** restores the focus after closing */
  readonly onClosed: () => void
}

/** Confirms an action, runs it, and closes. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, onClosed, onConfirm, isReady = true } = props
  const [pending, start] = useTransition()
  const confirm = () =>
    start(async () => {
      await onConfirm()
      onOpenChange(false)
    })
  return (
    <AlertDialog open={open} onOpenChange={(next) => !pending && onOpenChange(next)}>
      <AlertDialogContent
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          onClosed()
        }}
      >
        <AlertDialogTitle>{props.title}</AlertDialogTitle>
        <AlertDialogDescription asChild>
          <div>{props.children}</div>
        </AlertDialogDescription>
        <AlertDialogFooter>
          <AlertDialogCancel disabled={pending}>{props.keep}</AlertDialogCancel>
          <Button variant={props.tone ?? 'danger'} onClick={confirm} disabled={pending || !isReady}>
            {pending ? props.busy : props.confirm}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  )
}
