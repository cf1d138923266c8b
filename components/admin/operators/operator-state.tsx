import { Badge } from '@/components/ui/badge'
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
    <Badge tone="ok" dot title="May sign in">
      Active
    </Badge>
  )
}
