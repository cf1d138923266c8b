import { CircleX, TriangleAlert } from 'lucide-react'
import type { EventRow } from '@/lib/admin/views'

/** The outcome of an event, by shape and colour. */
export function OutcomeMark({ outcome }: Pick<EventRow, 'outcome'>) {
  if (outcome === 'failed') {
    return (
      <>
        <CircleX aria-hidden className="size-3.5 text-bad" />
        <span className="sr-only">failed</span>
      </>
    )
  }
  if (outcome === 'refused') {
    return (
      <>
        <TriangleAlert aria-hidden className="size-3.5 text-warn" />
        <span className="sr-only">refused</span>
      </>
    )
  }
  return (
    <>
      <span aria-hidden className="block size-1.5 rounded-full bg-ok" />
      <span className="sr-only">ok</span>
    </>
  )
}
