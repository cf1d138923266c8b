import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Samples } from '@/components/design/samples'
import { PageHeader } from '@/components/kit/page-header'
import { admit } from '@/lib/auth/session'
import { isDevelopment } from '@/lib/config/env'

export const metadata: Metadata = { title: 'Design system' }

export default async function DesignPage() {
  if (!isDevelopment()) notFound()
  await admit('viewer', '/admin/design')
  return (
    <>
      <PageHeader
        title="Design system"
        description="Every token and every primitive in both themes; only in development."
      />
      <Samples />
    </>
  )
}
