import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Comparison } from '@/components/handshake/compare'
import { RawEvents } from '@/components/handshake/raw-events'
import { Timeline } from '@/components/handshake/timeline'
import { timelineItems } from '@/components/handshake/timeline-items'
import { Choices } from '@/components/kit/list/choices'
import { hrefOf } from '@/components/kit/list/hrefs'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { HandshakeData } from '@/lib/admin/handshakes/views'

const tabs = [
  { value: '', label: 'Timeline' },
  { value: 'raw', label: 'Raw events' },
]

const comparisons = [
  { value: '', label: 'Golden trace' },
  { value: 'last', label: 'Last good' },
  { value: 'none', label: 'Alone' },
]

/** The page's query. */
export type HandshakePageQuery = { readonly tab?: string; readonly compare?: string }

const comparisonOf = ({ compare }: HandshakePageQuery): Comparison =>
  compare === 'last' || compare === 'none' ? compare : 'golden'

function LastGood({ view }: { view: HandshakeData }) {
  const { lastGood } = view
  if (!lastGood) {
    return <>No other attempt of this product has gone well yet, so there is nothing to compare.</>
  }
  return (
    <>
      Beside each step is how long it took in{' '}
      <Link
        href={`/admin/handshakes/${lastGood.id}`}
        className="text-accent-ink underline underline-offset-4"
      >
        the last attempt that went well
      </Link>
      , <RelativeTime at={lastGood.startedAt} />.
    </>
  )
}

function Against({ comparison, view }: { comparison: Comparison; view: HandshakeData }) {
  if (comparison === 'none') return null
  return (
    <p className="mb-4 text-pretty text-muted text-xs">
      {comparison === 'last' ? (
        <LastGood view={view} />
      ) : (
        <>Beside each step is how long it takes in a healthy attempt of hosted Claude.</>
      )}{' '}
      Distances and bars are to scale; what a person took is folded.
    </p>
  )
}

/** Later events that the page does not show. */
function More({ count, view }: { count: number; view: HandshakeData }) {
  const { grantId, clientId } = view.row
  if (count === 0) return null
  const href = hrefOf('/admin/log', grantId ? { grant: grantId } : { client: clientId ?? '' })
  return (
    <p className="mt-4 border-t pt-3 text-sm">
      <Link href={href} className="inline-flex items-center gap-1 text-accent-ink">
        {count} more {count === 1 ? 'event' : 'events'} in the log
        <ArrowRight aria-hidden className="size-3.5" />
      </Link>
    </p>
  )
}

type TimelineCardProps = {
  readonly path: string
  readonly query: HandshakePageQuery
  readonly view: HandshakeData
}

function Steps({ query, view }: TimelineCardProps): ReactNode {
  const comparison = comparisonOf(query)
  const { items, more } = timelineItems(view, comparison)
  return (
    <div className="p-4 sm:p-5">
      <Against comparison={comparison} view={view} />
      <Timeline
        items={items}
        now={view.now}
        logPath="/admin/log"
        after={<More count={more} view={view} />}
      />
    </div>
  )
}

/** The steps, or the raw events; the URL says which. */
export function TimelineCard(props: TimelineCardProps) {
  const { path, query, view } = props
  const isRaw = query.tab === 'raw'
  return (
    <Card aria-label="What happened">
      <div className="flex flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
        <Choices label="View" path={path} query={query} name="tab" choices={tabs} />
        {isRaw ? null : (
          <Choices
            label="Compare with"
            path={path}
            query={query}
            name="compare"
            choices={comparisons}
          />
        )}
      </div>
      {isRaw ? <RawEvents events={view.events} /> : <Steps {...props} />}
    </Card>
  )
}
