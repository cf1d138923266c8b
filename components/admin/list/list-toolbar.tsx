import type { ReactNode } from 'react'
import { Select } from '@/components/ui/select'
import type { ListQuery } from '@/lib/admin/views'
import { ActiveFilters } from './active-filters'
import { type Choice, Choices } from './choices'
import { ExportLinks } from './export-links'
import { FilterForm } from './filter-form'
import { SearchInput } from './search-input'

type ListToolbarProps = {
  readonly path: string
  readonly query: ListQuery
  readonly searchLabel: string
  readonly placeholder: string
  readonly states?: readonly Choice[]
  readonly sorts: readonly Choice[]
  /** further fields of the form that narrows the list */
  readonly children?: ReactNode
}

const kept = ['state', 'client', 'grant', 'user', 'kin'] as const

/** Search, state, order and export of a list; everything it does is a URL. */
export function ListToolbar(props: ListToolbarProps) {
  const { path, query, states, sorts } = props
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterForm path={path}>
        <SearchInput label={props.searchLabel} placeholder={props.placeholder} value={query.q} />
        {kept.map((name) =>
          query[name] ? <input key={name} type="hidden" name={name} value={query[name]} /> : null,
        )}
        {props.children}
        <Select
          key={query.sort}
          name="sort"
          aria-label="Order"
          defaultValue={query.sort ?? ''}
          className="max-md:flex-1"
        >
          {sorts.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </FilterForm>
      {states ? (
        <Choices label="State" path={path} query={query} name="state" choices={states} />
      ) : null}
      <ActiveFilters path={path} query={query} />
      <div className="md:ml-auto">
        <ExportLinks path={path} query={query} formats={['csv', 'json']} />
      </div>
    </div>
  )
}
