import type { Column } from '@/components/admin/list/data-table'
import { Moment } from '@/components/admin/moment'
import type { AuditRow } from '@/lib/admin/audit-views'
import { ChangeList } from './change-list'
import type { FieldWords } from './changes'
import { auditSentence } from './sentences'
import { SubjectLink } from './subject-link'

const who = ({ userEmail, userId }: AuditRow): string => userEmail ?? userId ?? 'Portico'

/** The columns of the audit trail. @param settings what settings are called */
export const auditColumns = (settings: FieldWords): readonly Column<AuditRow>[] => [
  {
    id: 'what',
    header: 'Who did what',
    lead: true,
    cell: (row) => (
      <div className="min-w-0 text-pretty">
        <span className="wrap-anywhere font-medium">{who(row)}</span>{' '}
        <span className="wrap-anywhere">{auditSentence(row)}</span>
        <ChangeList row={row} settings={settings} />
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
]
