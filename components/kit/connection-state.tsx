'use client'
import { CircleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { ConnectionRow } from '@/lib/admin/connections/rows'
import { reasonWords } from '@/lib/reasons'
import { reasonFrom } from '@/lib/stored-reasons'
import { useExpected } from './expected'

/** Whether a connection is active. It does not say whether its client is online. */
export function ConnectionState({ connection }: { readonly connection: ConnectionRow }) {
  const { state, unused, revokedReason } = useExpected(connection)
  if (state === 'revoked') {
    const reason = reasonFrom(revokedReason)
    return <Badge title={reason ? `Revoked ${reasonWords(reason)}` : undefined}>Revoked</Badge>
  }
  if (state === 'paused') return <Badge tone="outline">Paused</Badge>
  if (unused) {
    return (
      <Badge tone="warn" title="A token was issued and no request has come with it">
        <CircleAlert aria-hidden />
        Never used
      </Badge>
    )
  }
  return (
    <Badge tone="ok" dot>
      Active
    </Badge>
  )
}
