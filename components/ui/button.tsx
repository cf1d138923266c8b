import type { VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { buttonVariants } from '@/components/ui/button-variants'
import { cn } from '@/components/ui/cn'

export { buttonVariants }

type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** applies the style to the only child instead of rendering a button */
    readonly asChild?: boolean
  }

/** A button; `type` defaults to `button`, so that none submits by accident. */
export function Button({ className, variant, size, asChild, type, ...props }: ButtonProps) {
  const looks = {
    'data-slot': 'button',
    className: cn(buttonVariants({ variant, size }), className),
  }
  if (asChild) return <Slot.Root {...looks} {...props} />
  return <button {...looks} type={type ?? 'button'} {...props} />
}
