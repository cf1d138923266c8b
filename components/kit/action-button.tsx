'use client'
import { type ComponentProps, type ReactNode, useTransition } from 'react'
import { Button } from '@/components/ui/button'
import { type ActionResult, showResult } from './outcome'

type ActionButtonProps = ComponentProps<typeof Button> & {
  /** the action; its outcome is shown in a notice */
  readonly action: () => Promise<ActionResult>
  /** label while the action runs */
  readonly busy: string
  readonly icon?: ReactNode
}

/** A button that runs an action at once; while it runs the button keeps the focus. */
export function ActionButton(props: ActionButtonProps) {
  const { action, busy, icon, children, 'aria-label': label, ...button } = props
  const [isBusy, start] = useTransition()
  return (
    <Button
      aria-disabled={isBusy}
      aria-label={isBusy ? undefined : label}
      onClick={() => {
        if (!isBusy) start(async () => showResult(await action()))
      }}
      {...button}
    >
      {icon}
      {isBusy ? busy : children}
    </Button>
  )
}
