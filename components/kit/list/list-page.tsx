import type { ReactNode } from 'react'
import { LiveRefresh } from '@/components/kit/live-refresh'
import { PageHeader } from '@/components/kit/page-header'
import { Card, TableCard } from '@/components/ui/card'
import type { PageOf } from '@/lib/admin/views'
import { DataTable } from './data-table'
import type { List } from './define-list'
import type { QueryValues } from './hrefs'
import { isFiltered, NoMatches } from './no-matches'
import { Pager } from './pager'
import { RowKeys } from './row-keys'
import { Toolbar } from './toolbar'

type ListPageProps<Row, Given> = {
  readonly list: List<Row, Given>
  readonly query: QueryValues
  readonly page: PageOf<Row>
  /** context for the columns and filters */
  readonly given: Given
  /** actions beside the title */
  readonly actions?: ReactNode
  /** content between the title and the toolbar */
  readonly above?: ReactNode
  /** wraps the rows */
  readonly around?: (rows: ReactNode) => ReactNode
}

/** The rows of a page, or why there are none. */
function Rows<Row extends { readonly id: string }, Given>(props: ListPageProps<Row, Given>) {
  const { list, query, page, given } = props
  const { path, what, columns } = list
  if (page.rows.length === 0) {
    return <Card>{isFiltered(query) ? <NoMatches path={path} what={what} /> : list.empty}</Card>
  }
  return (
    <>
      <RowKeys />
      <TableCard>
        <DataTable
          caption={`The ${what}`}
          rows={page.rows}
          columns={typeof columns === 'function' ? columns(given) : columns}
          keyOf={({ id }) => id}
          rowClass={list.rowClass}
        />
      </TableCard>
      <Pager path={path} query={query} page={page} />
    </>
  )
}

/** A page of a declared list. */
export function ListPage<Row extends { readonly id: string }, Given>(
  props: ListPageProps<Row, Given>,
) {
  const { list, query, given, actions, above, around } = props
  const rows = <Rows {...props} />
  return (
    <>
      <PageHeader
        title={
          <>
            {list.title}
            {list.live ? <LiveRefresh names={list.live} /> : null}
          </>
        }
        description={list.description}
        actions={actions}
      />
      {above}
      <Toolbar list={list} query={query} given={given} />
      {around ? around(rows) : rows}
    </>
  )
}
