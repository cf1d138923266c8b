import type { Metadata } from 'next'
import { SelfCheckView } from '@/components/admin/self-check/self-check-view'
import { readSelfCheck } from '@/lib/admin/self-check'
import { includesRole, requireOperator } from '@/lib/auth/session'
import { checkAgain } from './actions'

export const metadata: Metadata = { title: 'Self-check' }

export default async function SelfCheckPage() {
  const operator = await requireOperator('viewer', '/admin/self-check')
  return (
    <SelfCheckView
      check={await readSelfCheck()}
      again={includesRole(operator.role, 'operator') ? checkAgain : undefined}
    />
  )
}
