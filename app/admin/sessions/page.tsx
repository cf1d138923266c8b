import type { Metadata } from 'next'
import { SessionsView } from '@/components/admin/sessions/sessions-view'
import { listSessions } from '@/lib/admin/sessions'
import { permitted } from '@/lib/auth/declared'
import { listQuery, type SearchParams } from '../query'
import { end } from './actions'

export const metadata: Metadata = { title: 'Sessions' }

export default async function SessionsPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(searchParams)
  return (
    <SessionsView
      query={query}
      page={await listSessions(query)}
      actions={await permitted({ end })}
    />
  )
}
