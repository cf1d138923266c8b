import type { Metadata } from 'next'
import { KeysView } from '@/components/admin/keys/keys-view'
import { listKeys } from '@/lib/admin/keys'
import { permitted } from '@/lib/auth/declared'
import { rotate } from './actions'

export const metadata: Metadata = { title: 'Signing keys' }

export default async function KeysPage() {
  return <KeysView keys={await listKeys()} {...(await permitted({ rotate }))} />
}
