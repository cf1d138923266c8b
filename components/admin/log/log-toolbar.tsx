import { eventGroups, eventLabel } from '@/components/kit/event-presentation'
import { ActiveFilters } from '@/components/kit/list/active-filters'
import { Choices } from '@/components/kit/list/choices'
import { ExportLinks } from '@/components/kit/list/export-links'
import { FilterForm } from '@/components/kit/list/filter-form'
import { SearchInput } from '@/components/kit/list/search-input'
import { Select } from '@/components/ui/select'
import type { EventQuery } from '@/lib/admin/views'
import { MoreFilters } from './more-filters'

const outcomes = [
  { value: '', label: 'All' },
  { value: 'ok', label: 'OK' },
  { value: 'refused', label: 'Refused' },
  { value: 'failed', label: 'Failed' },
]

const kept = ['outcome', 'grant', 'repeated'] as const

function EventSelect({ value }: { value: string | undefined }) {
  return (
    <Select
      key={value}
      name="event"
      aria-label="Event"
      defaultValue={value ?? ''}
      className="max-md:flex-1 md:w-52"
    >
      <option value="">All events</option>
      {eventGroups.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.names.map((name) => (
            <option key={name} value={name}>
              {eventLabel(name)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  )
}

type LogToolbarProps = { readonly path: string; readonly query: EventQuery }

/** The log's filters; all of them are in the URL. */
export function LogToolbar({ path, query }: LogToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterForm path={path}>
        <SearchInput
          label="Search the log"
          placeholder="Path, id, agent or address"
          value={query.q}
        />
        {kept.map((name) =>
          query[name] ? <input key={name} type="hidden" name={name} value={query[name]} /> : null,
        )}
        <EventSelect value={query.event} />
        <MoreFilters query={query} />
      </FilterForm>
      <Choices label="Outcome" path={path} query={query} name="outcome" choices={outcomes} />
      <ActiveFilters path={path} query={query} />
      <div className="md:ml-auto">
        <ExportLinks path={path} query={query} formats={['ndjson']} />
      </div>
    </div>
  )
}
