import { Activity } from 'lucide-react'
import { TimesBadge } from '@/components/admin/log/times-badge'
import { presentEvent } from '@/components/kit/event-presentation'
import { MoreLink } from '@/components/kit/links'
import { OutcomeMark } from '@/components/kit/outcome-mark'
import { TitledCard } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import type { EventRow } from '@/lib/admin/views'

function Line({ event }: { event: EventRow }) {
  const { label, icon: Icon, sentence } = presentEvent(event)
  return (
    <li className="flex items-center gap-2.5 px-4 py-1.5 text-sm">
      <span className="grid w-3.5 shrink-0 place-items-center">
        <OutcomeMark outcome={event.outcome} />
      </span>
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="shrink-0">{label}</span>
      <TimesBadge row={event} />
      <span className="min-w-0 flex-1 truncate text-muted text-xs" title={sentence}>
        {sentence}
        {event.outcome === 'ok' ? null : <span className="font-mono"> {event.path}</span>}
      </span>
      <RelativeTime at={event.at} className="shrink-0 whitespace-nowrap text-muted text-xs" />
    </li>
  )
}

export function RecentEvents({ events }: { events: readonly EventRow[] }) {
  return (
    <TitledCard
      title="Recent events"
      beside={<MoreLink href="/admin/log">Live log</MoreLink>}
      header="border-b"
    >
      {events.length === 0 ? (
        <EmptyState icon={Activity} title="No events yet" className="py-10">
          Every request to this server is recorded, also those that fail.
        </EmptyState>
      ) : null}
      <ul className="py-1">
        {events.map((event) => (
          <Line key={event.id} event={event} />
        ))}
      </ul>
    </TitledCard>
  )
}
