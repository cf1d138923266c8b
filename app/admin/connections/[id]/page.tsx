import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConnectionView } from '@/components/admin/connections/connection-view'
import { listConnectionHistory, readConnection } from '@/lib/admin/connections/page'
import { permitted } from '@/lib/auth/declared'
import { pageQuery, type SearchParams } from '../../query'
import { changeAll, pause, rename, resume, revoke } from '../actions'

export const metadata: Metadata = { title: 'Connection' }

type Props = { readonly params: Promise<{ id: string }>; readonly searchParams: SearchParams }

export default async function ConnectionPage({ params, searchParams }: Props) {
  const { id } = await params
  const { cursor } = await pageQuery(searchParams)
  const page = await readConnection(id)
  if (!page) notFound()
  const actions = { changeAll, pause, rename, resume, revoke }
  return (
    <ConnectionView
      page={page}
      history={await listConnectionHistory(id, cursor)}
      cursor={cursor}
      actions={await permitted(actions)}
    />
  )
}
