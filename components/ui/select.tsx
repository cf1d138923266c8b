import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** A styled native select: works without JavaScript and on every phone. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <span data-slot="select" className={cn('relative inline-flex min-w-0', className)}>
      <select
        className={cn(
          'h-8 w-full min-w-0 appearance-none truncate rounded-md border border-line bg-surface pr-7',
          'pl-2.5 text-sm shadow-panel hover:bg-hover max-md:h-11 max-md:text-lg',
        )}
        {...props}
      >
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-muted"
      />
    </span>
  )
}
