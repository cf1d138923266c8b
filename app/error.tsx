'use client'
import { Fault } from '@/components/fault'
import { Stage } from '@/components/stage'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Stage>
      <Fault error={error} retry={retry} />
    </Stage>
  )
}
