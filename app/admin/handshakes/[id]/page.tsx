import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { HandshakeView } from '@/components/admin/handshakes/handshake-view'
import { readHandshakePage } from '@/lib/admin/handshakes/page'
import { handshakePageQuery, type SearchParams } from '../../query'
import { share, withdraw } from './actions'

export const metadata: Metadata = { title: 'Handshake' }

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams }

export default async function HandshakePage({ params, searchParams }: Props) {
  const { id } = await params
  const page = await readHandshakePage(id)
  if (!page) notFound()
  return (
    <HandshakeView
      page={page}
      query={await handshakePageQuery(searchParams)}
      actions={page.mayShare ? { share, withdraw } : undefined}
    />
  )
}
