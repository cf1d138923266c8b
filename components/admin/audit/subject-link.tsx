import Link from 'next/link'
import { hrefOf } from '@/components/kit/list/hrefs'
import type { AuditRow } from '@/lib/admin/audit/audit'

/** Pages of subjects, by action or prefix of an action. */
const places: Readonly<Record<string, (id: string) => string>> = {
  'operator.created': (id) => `/admin/operators/${id}`,
  'operator.joined': (id) => `/admin/operators/${id}`,
  user: (id) => `/admin/operators/${id}`,
  'password-link': (id) => `/admin/operators/${id}`,
  client: (id) => hrefOf('/admin/clients', { q: id }),
  grant: (id) => hrefOf('/admin/connections', { q: id }),
  session: (id) => hrefOf('/admin/sessions', { q: id }),
  key: () => '/admin/keys',
}

/** The subject's id, linked while its page exists. */
export function SubjectLink({ row }: { row: AuditRow }) {
  const place = places[row.action] ?? places[row.action.split('.')[0] ?? '']
  const looks = 'block max-w-full truncate font-mono text-xs'
  return place ? (
    <Link
      href={place(row.subject)}
      title={row.subject}
      className={`${looks} underline-offset-4 hover:underline`}
    >
      {row.subject}
    </Link>
  ) : (
    <span title={row.subject} className={`${looks} text-muted`}>
      {row.subject}
    </span>
  )
}
