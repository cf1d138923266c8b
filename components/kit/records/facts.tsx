import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'

/** One fact of a record. */
type RecordFact = { readonly label: string; readonly value: ReactNode }

/** The facts of one record, label beside value. */
export function RecordFacts({ facts }: { readonly facts: readonly RecordFact[] }) {
  return (
    <Card>
      <dl className="grid gap-x-8 gap-y-3 p-4 sm:grid-cols-2 xl:grid-cols-4">
        {facts.map(({ label, value }) => (
          <div key={label} className="min-w-0">
            <dt className="text-muted text-xs">{label}</dt>
            <dd className="wrap-anywhere mt-0.5 text-sm">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
