import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** The shape of something that is on its way; say in words beside it that it is. */
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
