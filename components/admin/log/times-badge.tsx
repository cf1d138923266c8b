import { Badge } from '@/components/ui/badge'
import { NumberText } from '@/components/ui/locale'
import type { EventRow } from '@/lib/admin/views'

/** How many requests a folded event counts, if more than one. */
export function TimesBadge({ row }: { readonly row: Pick<EventRow, 'count'> }) {
  if (row.count === 1) return null
  return (
    <Badge tone="outline" className="tabular-nums">
      <span className="sr-only">counted </span>×<NumberText value={row.count} />
    </Badge>
  )
}
