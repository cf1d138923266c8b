'use client'
import { Fault } from '@/components/fault'

/** Inside the shell, so that there is a way on besides trying again. */
export default function AdminError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Fault error={error} retry={retry} />
}
