'use client'
import { Fault } from '@/components/fault'
import { SinglePage } from '@/components/stage'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <SinglePage>
      <Fault error={error} retry={retry} />
    </SinglePage>
  )
}
