import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { cn } from '@/components/ui/cn'

type FactProps = {
  readonly label: string
  readonly children: ReactNode
  readonly className?: string
}

/** One fact of a record, within a `dl`: the value below its label. */
export function Fact({ label, children, className }: FactProps) {
  return (
    <div className={cn('min-w-0', className)}>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="wrap-anywhere mt-0.5 text-sm">{children}</dd>
    </div>
  )
}

type RecordFactsProps = {
  readonly facts: readonly { readonly label: string; readonly value: ReactNode }[]
}

/** The facts of one record. */
export function RecordFacts({ facts }: RecordFactsProps) {
  return (
    <Card>
      <dl className="grid gap-x-8 gap-y-3 p-4 sm:grid-cols-2 xl:grid-cols-4">
        {facts.map(({ label, value }) => (
          <Fact key={label} label={label}>
            {value}
          </Fact>
        ))}
      </dl>
    </Card>
  )
}
