import 'server-only'
import { query } from '@/lib/auth/declared'
import type { Person } from '@/lib/auth/session'
import type { Slice } from '@/lib/store/slice'
import type { Role } from '@/lib/vocabulary'
import { download } from './exports'
import { addressOf, pageSize, searchText, toPage, trailOf } from './paging'
import type { PageOf } from './views'

/** How a list is asked for: the parameters of its address. */
export type ListParams = Readonly<Record<string, string | undefined>>

type Declaration<Row> = {
  readonly role: Role
  readonly path: string
  /** what its downloads are called, where that is not the last part of its path */
  readonly name?: string
  /** what names a row in a cursor; its id where nothing else is said */
  readonly markOf?: (row: Row, asked: ListParams) => string
}

/**
 * A list of the dashboard: who may read it, where it is, and how its rows are read. Pages, cursors and
 * downloads follow from that.
 *
 * @param read one row more than fits on a page, where there are so many; `q` is fit to be searched for
 * @returns what reads a page of it; `rows` is the same for whom a guard has let in already, and
 *   `download` the route by which all of it is downloaded
 */
export function listed<Row extends { readonly id: string }>(
  { role, path, name, markOf = ({ id }) => id }: Declaration<Row>,
  read: (person: Person, asked: ListParams, slice: Slice) => Promise<readonly Row[]>,
) {
  const rows = async (person: Person, asked: ListParams): Promise<PageOf<Row>> => {
    const trail = trailOf(asked.cursor)
    const slice = { order: asked.sort, limit: pageSize + 1, after: trail.at(-1) }
    const found = await read(person, { ...asked, q: searchText(asked.q) }, slice)
    return toPage(found, trail, (row) => markOf(row, asked))
  }
  const page = query({ role, path: addressOf(path) }, rows)
  const called = name ?? path.slice(path.lastIndexOf('/') + 1)
  return Object.assign(page, { rows, download: download(called, page) })
}
