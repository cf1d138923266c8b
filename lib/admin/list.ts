import 'server-only'
import { query } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import type { Slice } from '@/lib/store/slice'
import type { Role } from '@/lib/vocabulary'
import { downloadable } from './exports'
import { addressOf, pageSize, searchText, toPage, trailOf } from './paging'
import type { PageOf } from './views'

/** The query parameters of a list. */
export type ListParams = Readonly<Record<string, string | undefined>>

type Declaration<Row> = {
  readonly role: Role
  readonly path: string
  /** the name of its downloads; the last part of its path by default */
  readonly name?: string
  /** identifies a row in a cursor; its id by default */
  readonly markOf?: (row: Row, params: ListParams) => string
}

/**
 * Declares a list of the dashboard by its role, its path and how to read its rows. Paging, cursors and
 * downloads follow from that.
 *
 * @param read reads up to one row more than a page; `q` is already cleaned for searching
 * @returns reads a page; `rows` does so for an admitted person, and `download` is the route that
 *   downloads the whole list
 */
export function listed<Row extends { readonly id: string }>(
  { role, path, name, markOf = ({ id }) => id }: Declaration<Row>,
  read: (person: Person, params: ListParams, slice: Slice) => Promise<readonly Row[]>,
) {
  const rows = async (person: Person, params: ListParams): Promise<PageOf<Row>> => {
    const trail = trailOf(params.cursor)
    const slice = { order: params.sort, limit: pageSize + 1, after: trail.at(-1) }
    const found = await read(person, { ...params, q: searchText(params.q) }, slice)
    return toPage(found, trail, (row) => markOf(row, params))
  }
  const page = query({ role, path: addressOf(path) }, rows)
  const called = name ?? path.slice(path.lastIndexOf('/') + 1)
  return Object.assign(downloadable(called, page), { rows })
}
