import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OwnRevoke } from '@/components/connections/own-revoke'
import { readOwnConnection } from '@/lib/admin/account/connections'
import { revoke } from '../../actions'

export const metadata: Metadata = { title: 'Revoke a connection' }

export default async function OwnRevokePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const connection = await readOwnConnection(id, '/revoke')
  if (!connection || connection.state === 'revoked') notFound()
  return <OwnRevoke connection={connection} revoke={revoke} />
}
