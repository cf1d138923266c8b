import { cva, type VariantProps } from 'class-variance-authority'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** Class names of a button, for links that look like one. */
export const buttonVariants = cva(
  [
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap',
    'rounded-md font-medium transition-colors disabled:opacity-60 aria-disabled:opacity-60',
    "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent shadow-panel hover:bg-accent-hover',
        secondary: 'border bg-surface text-ink shadow-panel hover:bg-hover',
        ghost: 'text-muted hover:bg-hover hover:text-ink',
        danger: 'bg-bad-solid text-on-accent shadow-panel hover:brightness-110',
        link: 'text-accent-ink underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs max-md:h-11 max-md:px-3.5 max-md:text-sm',
        md: 'h-8 px-3 text-sm max-md:h-11 max-md:px-4 max-md:text-base',
        lg: 'h-11 px-5 text-base',
        icon: 'size-8 max-md:size-11',
        'icon-sm': 'size-7 max-md:size-11',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** give the looks to the only child instead of making a button */
    readonly asChild?: boolean
  }

/** A button; `type` is `button` unless said otherwise, so that none submits by accident. */
export function Button({ className, variant, size, asChild, type, ...props }: ButtonProps) {
  const looks = {
    'data-slot': 'button',
    className: cn(buttonVariants({ variant, size }), className),
  }
  if (asChild) return <Slot.Root {...looks} {...props} />
  return <button {...looks} type={type ?? 'button'} {...props} />
}
