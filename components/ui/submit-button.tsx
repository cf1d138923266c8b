import type { ComponentProps } from 'react'
import { Button } from '@/components/ui/button'

type SubmitButtonProps = Omit<ComponentProps<typeof Button>, 'type'> & {
  readonly pending: boolean
  /** label while the form is sent */
  readonly busy: string
}

/** The button that sends a form, once. */
export function SubmitButton({ pending, busy, disabled, children, ...button }: SubmitButtonProps) {
  return (
    <Button type="submit" disabled={pending || disabled} {...button}>
      {pending ? busy : children}
    </Button>
  )
}
