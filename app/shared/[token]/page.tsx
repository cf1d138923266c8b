import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SharedHandshake } from '@/components/handshake/shared-handshake'
import { readSharedHandshake } from '@/lib/admin/handshakes/shared'
import { Reader } from '../../reader'

export const metadata: Metadata = {
  title: 'Shared handshake',
  robots: { index: false, follow: false, nocache: true },
}

export default async function SharedPage({ params }: { params: Promise<{ token: string }> }) {
  const shared = await readSharedHandshake((await params).token)
  if (!shared) notFound()
  return (
    <Reader>
      <SharedHandshake shared={shared} />
    </Reader>
  )
}
