import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TokenView } from '@/components/admin/tokens/token-view'
import { readToken } from '@/lib/admin/tokens/page'
import { permitted } from '@/lib/auth/declared'
import { revoke } from '../actions'

export const metadata: Metadata = { title: 'Token' }

export default async function TokenPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const page = await readToken(id)
  if (!page) notFound()
  return <TokenView page={page} actions={await permitted({ revoke })} />
}
