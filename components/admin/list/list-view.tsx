import type { ReactNode } from 'react'
import { Card, TableCard } from '@/components/ui/card'
import type { PageOf } from '@/lib/admin/views'
import { type Column, DataTable } from './data-table'
import type { QueryValues } from './hrefs'
import { isFiltered, NoMatches } from './no-matches'
import { Pager } from './pager'
import { RowKeys } from './row-keys'

type ListViewProps<Row> = {
  readonly path: string
  readonly query: QueryValues
  readonly page: PageOf<Row>
  /** what the rows are called, in the plural */
  readonly what: string
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  readonly rowClass?: (row: Row) => string | undefined
  /** shown while there is not a single row in the whole list */
  readonly empty: ReactNode
}

/** A page of a list: its rows, or why there are none. */
export function ListView<Row>(props: ListViewProps<Row>) {
  const { path, query, page, what, empty } = props
  if (page.rows.length === 0) {
    return <Card>{isFiltered(query) ? <NoMatches path={path} what={what} /> : empty}</Card>
  }
  return (
    <>
      <RowKeys />
      <TableCard>
        <DataTable
          caption={`The ${what}`}
          rows={page.rows}
          columns={props.columns}
          keyOf={props.keyOf}
          rowClass={props.rowClass}
        />
      </TableCard>
      <Pager path={path} query={query} page={page} />
    </>
  )
}
