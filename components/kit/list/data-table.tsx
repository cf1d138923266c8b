import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table'

/** One column of a list. */
export type Column<Row> = {
  readonly id: string
  readonly header: string
  /** replaces the name in the table layout */
  readonly head?: ReactNode
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'right'
  /** the column that names the row: no label on phones */
  readonly lead?: boolean
  /** hidden where the table would not fit with it */
  readonly wide?: boolean
  /** `actions` are in the card's corner on phones */
  readonly actions?: boolean
  readonly className?: string
}

const midHidden = 'md:max-xl:hidden'

type DataTableProps<Row> = {
  readonly caption: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  readonly rowClass?: (row: Row) => string | undefined
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  return (
    <TableCell
      label={column.lead || column.actions ? undefined : column.header}
      className={cn(
        column.align === 'right' && 'tabular-nums md:text-right',
        column.lead && 'max-md:col-span-2 max-md:pr-12 max-md:first:pr-12',
        column.actions && 'w-12 max-md:absolute max-md:top-2.5 max-md:right-2',
        column.wide && midHidden,
        column.className,
      )}
    >
      {column.cell(row)}
    </TableCell>
  )
}

/** Rows as a table, or as cards on phones. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, rows, columns, keyOf, rowClass } = props
  return (
    <Table>
      <caption className="sr-only">{caption}</caption>
      <TableHead>
        <tr>
          {columns.map((column) => (
            <TableHeader
              key={column.id}
              className={cn(column.align === 'right' && 'text-right', column.wide && midHidden)}
            >
              {column.actions ? (
                <span className="sr-only">{column.header}</span>
              ) : (
                (column.head ?? column.header)
              )}
            </TableHeader>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={keyOf(row)} className={rowClass?.(row)}>
            {columns.map((column) => (
              <Cell key={column.id} column={column} row={row} />
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
