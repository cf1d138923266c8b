import { Badge } from '@/components/ui/badge'
import { StatusDot } from '@/components/ui/status-dot'
import type { OperatorRow } from '@/lib/admin/people/people'

export function OperatorState({ state }: Pick<OperatorRow, 'state'>) {
  if (state === 'disabled') {
    return (
      <Badge tone="bad" title="Cannot sign in; connections in that name are refused">
        Disabled
      </Badge>
    )
  }
  return (
    <Badge tone="ok" title="May sign in">
      <StatusDot tone="ok" className="size-1.5" />
      Active
    </Badge>
  )
}
