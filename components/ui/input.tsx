import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** Class names shared by all form controls. */
export const inputClass = cn(
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-3 text-ink',
  // 16 px on phones: below that iOS zooms into the field
  'h-9 text-base max-md:h-11 max-md:text-lg',
  'transition-[border-color,box-shadow] disabled:opacity-60',
  'focus-visible:border-accent-ink focus-visible:outline-2 focus-visible:outline-offset-0',
  'focus-visible:outline-accent-ink',
  'aria-invalid:border-bad aria-invalid:focus-visible:outline-bad',
)

/** A one-line text field. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input data-slot="input" className={cn(inputClass, className)} {...props} />
}
