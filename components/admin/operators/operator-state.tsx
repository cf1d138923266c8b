import { Badge } from '@/components/ui/badge'
import type { OperatorRow } from '@/lib/admin/people/people'

export function OperatorState({ state }: Pick<OperatorRow, 'state'>) {
  return state === 'disabled' ? (
    <Badge tone="bad" title="Cannot sign in; connections in that name are refused">
      Disabled
    </Badge>
  ) : (
    <Badge tone="ok" dot title="May sign in">
      Active
    </Badge>
  )
}
