import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'
import { styled } from '@/components/ui/styled'

/** A table that becomes a stack of cards below `md`; cells show their `label` there. */
export const Table = styled('table', 'table', 'w-full border-collapse text-sm max-md:block')

/** Column names; visually hidden on phones. */
export const TableHead = styled('thead', 'table-head', 'max-md:sr-only')

export const TableBody = styled('tbody', 'table-body', 'max-md:block')

/** One row; a card on phones. */
export const TableRow = styled(
  'tr',
  'table-row',
  cn(
    'border-b last:border-b-0 md:hover:bg-hover/60',
    'max-md:relative max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:gap-y-3',
    'max-md:px-4 max-md:py-4',
  ),
)

export const TableHeader = styled(
  'th',
  'table-header',
  cn(
    'h-9 whitespace-nowrap border-b bg-canvas/60 px-2.5 text-left font-medium text-muted text-xs',
    'first:pl-4 last:pr-4',
  ),
  { scope: 'col' },
)

type TableCellProps = ComponentProps<'td'> & {
  /** the column's name, shown beside the value on phones */
  readonly label?: string
}

export function TableCell({ className, label, children, ...props }: TableCellProps) {
  return (
    <td
      data-slot="table-cell"
      className={cn(
        'px-2.5 py-2.5 align-middle first:pl-4 last:pr-4',
        'max-md:flex max-md:min-w-0 max-md:flex-col max-md:items-start max-md:gap-1',
        'max-md:p-0 max-md:first:p-0 max-md:last:p-0',
        // `nowrap` text would be as wide as its content otherwise
        'max-md:*:max-w-full',
        className,
      )}
      {...props}
    >
      {label ? (
        <span aria-hidden className="text-muted text-xs md:hidden">
          {label}
        </span>
      ) : null}
      {children}
    </td>
  )
}
