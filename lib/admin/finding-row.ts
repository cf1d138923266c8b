import type { Finding } from '@/lib/diagnosis/finding'
import { rules } from '@/lib/diagnosis/rule-list'

/** A finding with its sources; `id` is the rule's. */
export const toFindingRow = ({ rule, ...finding }: Finding) => ({
  ...finding,
  id: rule,
  sources: rules.find(({ id }) => id === rule)?.sources ?? [],
})

export type FindingRow = Readonly<ReturnType<typeof toFindingRow>>
