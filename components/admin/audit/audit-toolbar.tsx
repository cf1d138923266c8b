import { TimeSelect } from '@/components/admin/handshakes/time-select'
import { ActiveFilters } from '@/components/admin/list/active-filters'
import { ExportLinks } from '@/components/admin/list/export-links'
import { FilterForm } from '@/components/admin/list/filter-form'
import { FilterSelect } from '@/components/admin/list/filter-select'
import { SearchInput } from '@/components/admin/list/search-input'
import type { AuditChoice, AuditQuery } from '@/lib/admin/audit-views'
import { auditWords } from './sentences'

const actions: readonly AuditChoice[] = Object.entries(auditWords).map(([value, { label }]) => ({
  value,
  label,
}))

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
        <FilterSelect
          name="action"
          label="Action"
          all="All actions"
          options={actions}
          value={query.action}
        />
        <FilterSelect
          name="user"
          label="Person"
          all="All people"
          options={people}
          value={query.user}
        />
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
