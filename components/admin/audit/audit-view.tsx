import { ScrollText } from 'lucide-react'
import { ListView } from '@/components/admin/list/list-view'
import { PageHeader } from '@/components/admin/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import type { AuditChoice, AuditQuery, AuditRow } from '@/lib/admin/audit-views'
import type { PageOf } from '@/lib/admin/views'
import { AuditToolbar } from './audit-toolbar'
import type { FieldWords } from './changes'
import { auditColumns } from './columns'

const path = '/admin/audit'

const empty = (
  <EmptyState icon={ScrollText} title="Nothing was changed yet">
    Whenever somebody changes something here, who did it and what was before stands in this list.
  </EmptyState>
)

type AuditViewProps = {
  readonly page: PageOf<AuditRow>
  readonly query: AuditQuery
  readonly people: readonly AuditChoice[]
  /** what settings are called, by name */
  readonly settings: FieldWords
  /** ISO 8601: the server's clock */
  readonly now: string
}

/** Who changed what, from where, and what was before. */
export function AuditView({ page, query, people, settings, now }: AuditViewProps) {
  return (
    <>
      <PageHeader
        title="Audit"
        description="Who changed what, from where, and what was before. An entry is written together with its change and is never altered or deleted."
      />
      <AuditToolbar path={path} query={query} people={people} now={now} />
      <ListView
        path={path}
        query={query}
        page={page}
        what="changes"
        columns={auditColumns(settings)}
        keyOf={({ id }) => id}
        empty={empty}
      />
    </>
  )
}
