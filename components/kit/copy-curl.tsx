'use client'
import { useHydrated } from '@/components/ui/clock'
import { CopyButton } from '@/components/ui/copy-button'
import type { EventRow } from '@/lib/admin/views'
import { curlOf } from './curl'

/** Copies an event's request as a shell command without secrets. */
export function CopyCurl({ row }: { readonly row: EventRow }) {
  const hydrated = useHydrated()
  const command = hydrated ? curlOf(row, window.location.origin) : null
  return command ? (
    <CopyButton value={command} what="request as curl" size="sm" label="Copy as curl" />
  ) : null
}
