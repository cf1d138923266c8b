import { CircleAlert } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import type { TokenRow } from '@/lib/admin/tokens/tokens'

const quiet: Partial<Record<TokenRow['state'], { label: string; title: string }>> = {
  expired: { label: 'Expired', title: 'It has expired' },
  revoked: { label: 'Revoked', title: 'It was revoked before it expired' },
  rotated: { label: 'Rotated', title: 'It was exchanged for its successor' },
}

/** The state of a token; one that was never used stands out. */
export function TokenState({ state }: Pick<TokenRow, 'state'>) {
  const passive = quiet[state]
  if (passive) return <Badge title={passive.title}>{passive.label}</Badge>
  if (state === 'unused') {
    return (
      <Badge tone="warn" title="It is live, and no request to /mcp has come with it">
        <CircleAlert aria-hidden />
        Issued, never used
      </Badge>
    )
  }
  return (
    <Badge tone="ok" dot>
      Active
    </Badge>
  )
}
