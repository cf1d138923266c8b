import { TimeSelect } from '@/components/kit/time-select'
import { Select } from '@/components/ui/select'
import { ActiveFilters } from './active-filters'
import { type Choice, Choices } from './choices'
import type { Filter, Narrowing } from './define-list'
import { ExportLinks } from './export-links'
import { FilterForm } from './filter-form'
import { FilterSelect, Options } from './filter-select'
import type { QueryValues } from './hrefs'
import { MoreFilters } from './more-filters'
import { SearchInput } from './search-input'

type ToolbarProps<Given> = {
  readonly list: Narrowing<Given>
  readonly query: QueryValues
  readonly given: Given
}

const optionsOf = <Given,>({ choices }: Filter<Given>, given: Given) =>
  typeof choices === 'function' ? choices(given) : choices

/** Hidden fields for parameters that the form has no control for. */
function HiddenFields({
  names,
  query,
}: {
  readonly names: readonly string[]
  readonly query: QueryValues
}) {
  return names.map((name) =>
    query[name] ? <input key={name} type="hidden" name={name} value={query[name]} /> : null,
  )
}

type OrderProps = { readonly orders: readonly Choice[]; readonly sort: string | undefined }

function Order({ orders, sort }: OrderProps) {
  return (
    <Select
      key={sort}
      name="sort"
      aria-label="Order"
      defaultValue={sort ?? ''}
      className="max-md:flex-1 max-md:basis-[45%]"
    >
      <Options options={orders} />
    </Select>
  )
}

/** Search, filters, order and export of a list; all of it is in the URL. */
export function Toolbar<Given>({ list, query, given }: ToolbarProps<Given>) {
  const { path, search, since, filters = [], more = [], links = [], orders } = list
  const selects = filters.filter(({ all }) => all !== undefined)
  const rows = filters.filter(({ all }) => all === undefined)
  const linked = since ? [...links, 'to'] : links
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterForm path={path}>
        {search ? <SearchInput {...search} value={query.q} /> : null}
        {selects.map((filter, index) => (
          <FilterSelect
            key={filter.name}
            name={filter.name}
            label={filter.label}
            all={filter.all ?? ''}
            options={optionsOf(filter, given)}
            value={query[filter.name]}
            isSearch={!search && index === 0}
          />
        ))}
        {since ? (
          <TimeSelect label={since} from={query.from} now={new Date().toISOString()} />
        ) : null}
        <HiddenFields names={[...rows.map(({ name }) => name), ...linked]} query={query} />
        {more.length > 0 ? <MoreFilters fields={more} query={query} /> : null}
        {orders ? <Order orders={orders} sort={query.sort} /> : null}
      </FilterForm>
      {rows.map((filter) => (
        <Choices
          key={filter.name}
          label={filter.label}
          path={path}
          query={query}
          name={filter.name}
          choices={optionsOf(filter, given)}
        />
      ))}
      <ActiveFilters
        path={path}
        query={query}
        names={[...linked, ...more.map(({ name }) => name)]}
      />
      <div className="md:ml-auto">
        <ExportLinks path={path} query={query} formats={list.formats ?? ['csv', 'json']} />
      </div>
    </div>
  )
}
