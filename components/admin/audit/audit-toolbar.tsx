import { TimeSelect } from '@/components/admin/handshakes/time-select'
import { ActiveFilters } from '@/components/admin/list/active-filters'
import { ExportLinks } from '@/components/admin/list/export-links'
import { FilterForm } from '@/components/admin/list/filter-form'
import { SearchInput } from '@/components/admin/list/search-input'
import { Select } from '@/components/ui/select'
import type { AuditChoice, AuditQuery } from '@/lib/admin/audit-views'
import { auditWords } from './sentences'

const actions: readonly AuditChoice[] = Object.entries(auditWords).map(([value, { label }]) => ({
  value,
  label,
}))

type FilterProps = {
  readonly name: keyof AuditQuery
  readonly label: string
  readonly all: string
  readonly options: readonly AuditChoice[]
  readonly value: string | undefined
}

/** A choice that stays visible although the list of options may not have it. */
function Filter({ name, label, all, options, value }: FilterProps) {
  const isKnown = !value || options.some((option) => option.value === value)
  return (
    <Select
      key={value}
      name={name}
      aria-label={label}
      defaultValue={value ?? ''}
      className="max-md:flex-1 max-md:basis-[45%] md:max-w-48"
    >
      <option value="">{all}</option>
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  )
}

type AuditToolbarProps = {
  readonly path: string
  readonly query: AuditQuery
  readonly people: readonly AuditChoice[]
  /** ISO 8601: the server's clock */
  readonly now: string
}

/** Which changes are shown; all of it is in the URL. */
export function AuditToolbar({ path, query, people, now }: AuditToolbarProps) {
  const kept = { to: query.to, subject: query.subject }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FilterForm path={path}>
        <SearchInput
          label="Search the audit trail"
          placeholder="Person, subject or address"
          value={query.q}
        />
        <Filter
          name="action"
          label="Action"
          all="All actions"
          options={actions}
          value={query.action}
        />
        <Filter name="user" label="Person" all="All people" options={people} value={query.user} />
        <TimeSelect label="Since when" from={query.from} now={now} />
        {Object.entries(kept).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
      </FilterForm>
      <ActiveFilters path={path} query={kept} />
      <div className="md:ml-auto">
        <ExportLinks path={path} query={query} formats={['csv', 'ndjson']} />
      </div>
    </div>
  )
}
