import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Pagination({ className, ...props }: ComponentProps<'nav'>) {
  return (
    <nav
      data-slot="pagination"
      aria-label="Pages"
      className={cn('flex items-center justify-between gap-3 text-muted text-sm', className)}
      {...props}
    />
  )
}
