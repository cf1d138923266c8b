import type { ComponentProps } from 'react'
import { Badge } from '@/components/ui/badge'
import type { FindingRow } from '@/lib/admin/finding-row'

const confidences: Record<FindingRow['confidence'], ComponentProps<typeof Badge>> = {
  confirmed: { tone: 'bad', children: 'Confirmed', title: 'The evidence leaves no other cause' },
  likely: { tone: 'warn', children: 'Likely', title: 'It fits the evidence best' },
  possible: { children: 'Possible', title: 'It may be so; nothing proves it' },
}

/** The confidence of a finding. */
export function ConfidenceMark({ confidence }: Pick<FindingRow, 'confidence'>) {
  return <Badge {...confidences[confidence]} />
}
