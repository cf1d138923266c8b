import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** Inline code. */
export function Code({ className, ...props }: ComponentProps<'code'>) {
  return (
    <code
      data-slot="code"
      className={cn('rounded-sm bg-sunken px-1 py-0.5 font-mono text-[0.92em]', className)}
      {...props}
    />
  )
}
