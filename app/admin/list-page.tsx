import { type List, type Narrowing, parametersOf } from '@/components/kit/list/define-list'
import { ListPage } from '@/components/kit/list/list-page'
import type { PageOf } from '@/lib/admin/views'
import { type Declared, permitted } from '@/lib/auth/declared'
import { pick, type SearchParams } from './query'

/** The query of a list. */
export const listQuery = <Given,>(list: Narrowing<Given>, searchParams: SearchParams) =>
  pick(searchParams, parametersOf(list))

/**
 * The page of a list that needs only its rows.
 *
 * @param actions actions on a row, for those who may use them
 */
export function listPage<
  Row extends { readonly id: string },
  Actions extends Readonly<Record<string, Declared>>,
>(
  list: List<Row, Actions | undefined>,
  read: (asked: Readonly<Record<string, string | undefined>>) => Promise<PageOf<Row>>,
  actions: Actions,
) {
  return async ({ searchParams }: { searchParams: SearchParams }) => {
    const query = await listQuery(list, searchParams)
    const page = await read(query)
    return <ListPage list={list} query={query} page={page} given={await permitted(actions)} />
  }
}
