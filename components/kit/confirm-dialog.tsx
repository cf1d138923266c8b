'use client'
import { type ComponentProps, type ReactNode, useRef, useState, useTransition } from 'react'
import { AlertDialog, type DialogOpening } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { type ActionResult, showResult } from './outcome'

type ConfirmDialogProps = DialogOpening & {
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
  /** the action; its outcome is shown in a notice */
  readonly onConfirm: () => Promise<ActionResult>
}

/** Confirms an action, runs it, and closes. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { confirm, busy, tone = 'danger', isReady = true, onConfirm, ...dialog } = props
  const [pending, start] = useTransition()
  const run = () =>
    start(async () => {
      showResult(await onConfirm())
      dialog.onOpenChange(false)
    })
  const action = (
    <Button variant={tone} onClick={run} disabled={pending || !isReady}>
      {pending ? busy : confirm}
    </Button>
  )
  return <AlertDialog isBusy={pending} action={action} {...dialog} />
}

/**
 * The dialogs of one button or menu, of which one is open at a time.
 *
 * @returns `ask` opens one; `asked` has the props of each; `trigger` is the button that gets the
 *   focus back
 */
export function useDialogs<Name extends string>() {
  const [open, setOpen] = useState<Name | null>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const asked = (name: Name): DialogOpening => ({
    open: open === name,
    onOpenChange: (isOpen) => setOpen(isOpen ? name : null),
    onClosed: () => trigger.current?.focus(),
  })
  return { trigger, ask: setOpen, asked }
}

type ConfirmButtonProps = Omit<ConfirmDialogProps, keyof DialogOpening> & {
  readonly button: ComponentProps<typeof Button>
}

/** A button whose action is confirmed first. */
export function ConfirmButton({ button, ...dialog }: ConfirmButtonProps) {
  const { trigger, ask, asked } = useDialogs<'confirm'>()
  return (
    <>
      <Button ref={trigger} onClick={() => ask('confirm')} {...button} />
      <ConfirmDialog {...asked('confirm')} {...dialog} />
    </>
  )
}
