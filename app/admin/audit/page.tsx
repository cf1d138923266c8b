import type { Metadata } from 'next'
import { AuditView } from '@/components/admin/audit/audit-view'
import { listAudit, readAuditPeople } from '@/lib/admin/audit'
import { settingWords } from '@/lib/config/form'
import { auditQuery, type SearchParams } from '../query'

export const metadata: Metadata = { title: 'Audit' }

export default async function AuditPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await auditQuery(searchParams)
  const [page, people] = await Promise.all([listAudit(query), readAuditPeople()])
  const now = new Date().toISOString()
  return <AuditView {...{ query, page, people, now }} settings={settingWords} />
}
