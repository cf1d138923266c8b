'use client'
import { Fault } from '@/components/fault'

/** Rendered inside the shell, so that the navigation stays usable. */
export default function AdminError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Fault error={error} retry={retry} />
}
