import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TokenView } from '@/components/admin/tokens/token-view'
import { readToken } from '@/lib/admin/token-page'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { revoke } from '../actions'

export const metadata: Metadata = { title: 'Token' }

export default async function TokenPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const operator = await requireOperator('viewer', `/admin/tokens/${encodeURIComponent(id)}`)
  const page = await readToken(id)
  if (!page) notFound()
  const actions = includesRole(operator.role, 'operator') ? { revoke } : undefined
  return <TokenView page={page} actions={actions} />
}
