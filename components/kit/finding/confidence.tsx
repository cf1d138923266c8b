import { Badge } from '@/components/ui/badge'
import type { FindingRow } from '@/lib/admin/views'

const confidences = {
  confirmed: { label: 'Confirmed', tone: 'bad', title: 'The evidence leaves no other cause' },
  likely: { label: 'Likely', tone: 'warn', title: 'It fits the evidence best' },
  possible: { label: 'Possible', tone: 'neutral', title: 'It may be so; nothing proves it' },
} as const

/** The confidence of a finding. */
export function Confidence({ confidence }: Pick<FindingRow, 'confidence'>) {
  const { label, tone, title } = confidences[confidence]
  return (
    <Badge tone={tone} title={title}>
      {label}
    </Badge>
  )
}
