import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return (
    <kbd
      data-slot="kbd"
      className={cn(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-sunken px-1',
        'font-mono text-2xs text-muted',
        className,
      )}
      {...props}
    />
  )
}
