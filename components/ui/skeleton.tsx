import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** A placeholder while content loads; say so in text beside it. */
export function Skeleton({ className, ...props }: ComponentProps<'span'>) {
  return (
    <span
      data-slot="skeleton"
      aria-hidden
      className={cn('block animate-pulse rounded-md bg-sunken', className)}
      {...props}
    />
  )
}
