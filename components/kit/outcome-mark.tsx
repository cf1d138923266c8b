import { CircleX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { EventRow } from '@/lib/admin/views'

const marks: Readonly<Record<EventRow['outcome'], ReactNode>> = {
  failed: <CircleX aria-hidden className="size-3.5 text-bad" />,
  refused: <TriangleAlert aria-hidden className="size-3.5 text-warn" />,
  ok: <span aria-hidden className="block size-1.5 rounded-full bg-ok" />,
}

/** The outcome of an event, by shape and colour. */
export function OutcomeMark({ outcome }: Pick<EventRow, 'outcome'>) {
  return (
    <>
      {marks[outcome]}
      <span className="sr-only">{outcome}</span>
    </>
  )
}
