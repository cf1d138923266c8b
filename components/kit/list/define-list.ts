import type { ReactNode } from 'react'
import type { Choice } from './choices'
import type { Column } from './data-table'

/** One filter of a list, by query parameter. */
export type Filter<Given> = {
  readonly name: string
  readonly label: string
  /** label of the choice that filters nothing; a row of links has it among `choices` */
  readonly all?: string
  /** the values, empty for all: a row of links, or a select where `all` is set */
  readonly choices: readonly Choice[] | ((given: Given) => readonly Choice[])
}

export type MoreFilter = {
  readonly name: string
  readonly label: string
  readonly placeholder: string
}

/** How a list is searched, filtered, sorted and exported. */
export type Narrowing<Given> = {
  readonly path: string
  /** label of the search field, if there is one */
  readonly search?: { readonly label: string; readonly placeholder: string }
  readonly filters?: readonly Filter<Given>[]
  /** less common filters, as text fields */
  readonly more?: readonly MoreFilter[]
  /** label of the time filter, if there is one */
  readonly since?: string
  /** parameters that only links set */
  readonly links?: readonly string[]
  /** by value of `sort`; the empty one is the default */
  readonly orders?: readonly Choice[]
  readonly formats?: readonly string[]
}

/** A list of the dashboard. `Given` is what the page reads besides its rows. */
export type List<Row, Given> = Narrowing<Given> & {
  readonly title: string
  /** the rows' name, in the plural */
  readonly what: string
  readonly description: string
  /** prefixes of event names that refresh the page */
  readonly live?: string
  readonly columns: readonly Column<Row>[] | ((given: Given) => readonly Column<Row>[])
  readonly rowClass?: (row: Row) => string | undefined
  /** shown while the whole list is empty */
  readonly empty: ReactNode
}

/** Declares a list; infers its types from its columns. */
export const defineList = <Row, Given = unknown>(list: List<Row, Given>): List<Row, Given> => list

/** The query parameters of a list. */
export const parametersOf = <Given>(list: Narrowing<Given>): readonly string[] => [
  'cursor',
  'sort',
  ...(list.search ? ['q'] : []),
  ...(list.since ? ['from', 'to'] : []),
  ...(list.filters ?? []).map(({ name }) => name),
  ...(list.more ?? []).map(({ name }) => name),
  ...(list.links ?? []),
]
