import { ChevronRight } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Breadcrumb({ className, children, ...props }: ComponentProps<'nav'>) {
  return (
    <nav
      data-slot="breadcrumb"
      aria-label="Breadcrumb"
      className={cn('min-w-0 text-sm', className)}
      {...props}
    >
      <ol className="flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-0.5">{children}</ol>
    </nav>
  )
}

export function BreadcrumbItem({ className, children, ...props }: ComponentProps<'li'>) {
  return (
    <li
      data-slot="breadcrumb-item"
      className={cn(
        'group flex min-w-0 items-center gap-1.5 has-[[data-slot=breadcrumb-link]]:shrink-0',
        className,
      )}
      {...props}
    >
      <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted group-first:hidden" />
      {children}
    </li>
  )
}

/** A linked step; passes its style to the link inside. */
export function BreadcrumbLink({ className, ...props }: ComponentProps<typeof Slot.Root>) {
  return (
    <Slot.Root
      data-slot="breadcrumb-link"
      className={cn(
        'inline-flex min-h-6 shrink-0 items-center text-muted hover:text-ink',
        className,
      )}
      {...props}
    />
  )
}

/** The current page. */
export function BreadcrumbPage({ className, ...props }: ComponentProps<'span'>) {
  return (
    <span
      data-slot="breadcrumb-page"
      aria-current="page"
      className={cn('min-w-0 truncate font-medium', className)}
      {...props}
    />
  )
}
