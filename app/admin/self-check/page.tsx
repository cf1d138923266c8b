import type { Metadata } from 'next'
import { SelfCheckView } from '@/components/admin/self-check/self-check-view'
import { readSelfCheck } from '@/lib/admin/overview/self-check'
import { permitted } from '@/lib/auth/declared'
import { checkAgain } from './actions'

export const metadata: Metadata = { title: 'Self-check' }

export default async function SelfCheckPage() {
  return (
    <SelfCheckView check={await readSelfCheck()} {...(await permitted({ again: checkAgain }))} />
  )
}
