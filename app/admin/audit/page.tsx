import { ScrollText } from 'lucide-react'
import { ChangeList } from '@/components/admin/audit/change-list'
import { auditSentence, auditWords } from '@/components/admin/audit/sentences'
import { SubjectLink } from '@/components/admin/audit/subject-link'
import { defineList } from '@/components/kit/list/define-list'
import { ListPage } from '@/components/kit/list/list-page'
import { Moment } from '@/components/kit/moment'
import { EmptyState } from '@/components/ui/empty-state'
import type { AuditChoice } from '@/lib/admin/audit/audit'
import { type AuditRow, listAudit, readAuditPeople } from '@/lib/admin/audit/audit'
import { settingWords } from '@/lib/config/form'
import { listQuery } from '../list-page'
import type { SearchParams } from '../query'

const who = ({ userEmail, userId }: AuditRow): string => userEmail ?? userId ?? 'Portico'

/** The audit trail. */
const list = defineList<AuditRow, readonly AuditChoice[]>({
  path: '/admin/audit',
  title: 'Audit',
  what: 'changes',
  description:
    'Who changed what, from where, and what was before. An entry is written together with its change and is never altered or deleted.',
  search: { label: 'Search the audit trail', placeholder: 'Person, subject or address' },
  filters: [
    {
      name: 'action',
      label: 'Action',
      all: 'All actions',
      choices: Object.entries(auditWords).map(([value, { label }]) => ({ value, label })),
    },
    { name: 'user', label: 'Person', all: 'All people', choices: (people) => people },
  ],
  since: 'Since when',
  links: ['subject'],
  formats: ['csv', 'ndjson'],
  columns: [
    {
      id: 'what',
      header: 'Who did what',
      lead: true,
      cell: (row) => (
        <div className="min-w-0 text-pretty">
          <span className="wrap-anywhere font-medium">{who(row)}</span>{' '}
          <span className="wrap-anywhere">{auditSentence(row)}</span>
          <ChangeList row={row} settings={settingWords} />
        </div>
      ),
    },
    {
      id: 'subject',
      header: 'To what',
      wide: true,
      className: 'md:max-w-48',
      cell: (row) => <SubjectLink row={row} />,
    },
    {
      id: 'address',
      header: 'From where',
      cell: (row) => (
        <span className="wrap-anywhere font-mono text-xs">{row.address ?? 'unknown'}</span>
      ),
    },
    { id: 'at', header: 'When', cell: (row) => <Moment at={row.at} /> },
  ],
  empty: (
    <EmptyState icon={ScrollText} title="Nothing was changed yet">
      Every change appears here, with who made it and the old values.
    </EmptyState>
  ),
})

export const metadata = { title: list.title }

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(list, searchParams)
  const [page, people] = await Promise.all([listAudit(query), readAuditPeople()])
  return <ListPage list={list} query={query} page={page} given={people} />
}
