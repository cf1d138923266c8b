import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { styled } from '@/components/ui/styled'

export const Card = styled('section', 'card', 'min-w-0 rounded-xl border bg-surface shadow-panel')

/**
 * A panel around a table, which scrolls if the table is wider. It is a containing block for
 * screen-reader-only content, which would otherwise make the page as wide as the table.
 */
export function TableCard({ className, ...props }: ComponentProps<'section'>) {
  return <Card className={cn('relative md:overflow-x-auto', className)} {...props} />
}

/** The title row of a card, with room for an action on the right. */
export const CardHeader = styled(
  'div',
  'card-header',
  'flex min-h-12 items-center justify-between gap-3 px-4',
)

/** The name of a card; a second-level heading. */
export const CardTitle = styled('h2', 'card-title', 'font-semibold text-base')

/** The body of a card with the usual padding. */
export const CardContent = styled('div', 'card-content', 'px-4 pb-4')

type TitledCardProps = Omit<ComponentProps<'section'>, 'title'> & {
  readonly title: ReactNode
  /** id of the title, which then names the card for screen readers */
  readonly titleId?: string
  /** shown at the right of the title */
  readonly beside?: ReactNode
  /** class names of the title row */
  readonly header?: string
}

/** A card with a title row. */
export function TitledCard(props: TitledCardProps) {
  const { title, titleId, beside, header, children, ...card } = props
  return (
    <Card aria-labelledby={titleId} {...card}>
      <CardHeader className={header}>
        <CardTitle id={titleId}>{title}</CardTitle>
        {beside}
      </CardHeader>
      {children}
    </Card>
  )
}
