import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

export function Card({ className, ...props }: ComponentProps<'section'>) {
  return (
    <section
      data-slot="card"
      className={cn('min-w-0 rounded-xl border bg-surface shadow-panel', className)}
      {...props}
    />
  )
}

/**
 * A panel around a table, which scrolls if the table is wider. It is a containing block for
 * screen-reader-only content, which would otherwise make the page as wide as the table.
 */
export function TableCard({ className, ...props }: ComponentProps<'section'>) {
  return <Card className={cn('relative md:overflow-x-auto', className)} {...props} />
}

/** The title row of a card, with room for an action on the right. */
export function CardHeader({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="card-header"
      className={cn('flex min-h-12 items-center justify-between gap-3 px-4', className)}
      {...props}
    />
  )
}

/** The name of a card; a second-level heading. */
export function CardTitle({ className, children, ...props }: ComponentProps<'h2'>) {
  return (
    <h2 data-slot="card-title" className={cn('font-semibold text-base', className)} {...props}>
      {children}
    </h2>
  )
}

/** The body of a card with the usual padding. */
export function CardContent({ className, ...props }: ComponentProps<'div'>) {
  return <div data-slot="card-content" className={cn('px-4 pb-4', className)} {...props} />
}
