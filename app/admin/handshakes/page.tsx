import type { Metadata } from 'next'
import { HandshakesView } from '@/components/admin/handshakes/handshakes-view'
import { handshakeNarrowing } from '@/components/admin/handshakes/narrowing'
import { readHandshakeChoices } from '@/lib/admin/handshakes/choices'
import { listHandshakes } from '@/lib/admin/handshakes/handshakes'
import { listQuery } from '../list-page'
import type { SearchParams } from '../query'

export const metadata: Metadata = { title: 'Handshakes' }

export default async function HandshakesPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await listQuery(handshakeNarrowing, searchParams)
  const [page, choices] = await Promise.all([listHandshakes(query), readHandshakeChoices()])
  return (
    <HandshakesView query={query} page={page} choices={choices} now={new Date().toISOString()} />
  )
}
