import type { ReactNode } from 'react'
import type { Choice } from './choices'
import type { Column } from './data-table'

/** One way to narrow a list, by a parameter of its address. */
export type Filter<Given> = {
  readonly name: string
  readonly label: string
  /** what lets everything through; a row of links where it stands among `choices` */
  readonly all?: string
  /** what can be chosen, the empty value for all of it: a row of links, or a select where `all` is said */
  readonly choices: readonly Choice[] | ((given: Given) => readonly Choice[])
}

/** How a list is searched, narrowed, ordered and taken away. */
export type Narrowing<Given> = {
  readonly path: string
  /** the field that is searched by, where there is one */
  readonly search?: { readonly label: string; readonly placeholder: string }
  readonly filters?: readonly Filter<Given>[]
  /** whether it can be narrowed to a time, and what that is called */
  readonly since?: string
  /** parameters that only links from elsewhere set */
  readonly links?: readonly string[]
  /** by the value of `sort`; the empty one comes first */
  readonly orders?: readonly Choice[]
  readonly formats?: readonly string[]
}

/** A list of the dashboard, as its page shows it. `Given` is what the page reads besides its rows. */
export type List<Row, Given> = Narrowing<Given> & {
  readonly title: string
  /** what the rows are called, in the plural */
  readonly what: string
  readonly description: string
  /** names of events, as they begin, with which the page is read anew */
  readonly live?: string
  readonly columns: readonly Column<Row>[] | ((given: Given) => readonly Column<Row>[])
  readonly rowClass?: (row: Row) => string | undefined
  /** shown while there is not a single row in the whole list */
  readonly empty: ReactNode
}

/** Declares a list; its types follow from its columns and from what they are given. */
export const defineList = <Row, Given = unknown>(list: List<Row, Given>): List<Row, Given> => list

/** The parameters that a list understands. */
export const parametersOf = <Given>(list: Narrowing<Given>): readonly string[] => [
  'cursor',
  'sort',
  ...(list.search ? ['q'] : []),
  ...(list.since ? ['from', 'to'] : []),
  ...(list.filters ?? []).map(({ name }) => name),
  ...(list.links ?? []),
]
