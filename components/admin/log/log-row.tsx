'use client'
import Link from 'next/link'
import { memo } from 'react'
import { ClockTime } from '@/components/kit/clock-time'
import { presentEvent } from '@/components/kit/event-presentation'
import { hrefOf, shortId } from '@/components/kit/list/hrefs'
import { LogFacts } from '@/components/kit/log-facts'
import { OutcomeMark } from '@/components/kit/outcome-mark'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import type { EventRow } from '@/lib/admin/views'
import { rowGrid, rowGridExplained } from './row-grid'
import { TimesBadge } from './times-badge'

type LogRowProps = {
  readonly row: EventRow
  readonly path: string
  readonly open: boolean
  readonly fresh: boolean
  readonly onToggle: (id: string) => void
}

function statusLooks(status: number | null): string {
  if (status === null || status < 400) return 'text-muted'
  return status < 500 ? 'text-warn-ink' : 'text-bad-ink'
}

/** The event's grant, or else its client, as a link that filters by it. */
function OwnerLink({ row, path }: Pick<LogRowProps, 'row' | 'path'>) {
  const [name, id] = row.grantId ? ['grant', row.grantId] : ['client', row.clientId]
  if (!id) return null
  return (
    <Link
      href={hrefOf(path, { [name]: id })}
      title={[row.clientName, id].filter(Boolean).join(' · ')}
      className="relative z-10 shrink-0 rounded-sm bg-sunken px-1.5 font-mono text-2xs text-muted leading-4.5 hover:text-ink max-xl:py-1"
    >
      {name} {shortId(id)}
    </Link>
  )
}

function Event({ row, open, onToggle }: Pick<LogRowProps, 'row' | 'open' | 'onToggle'>) {
  const { label, icon: Icon } = presentEvent(row)
  return (
    <span className="flex min-w-0 items-center gap-2 [grid-area:event]">
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <button
        type="button"
        data-log-row={row.id}
        aria-expanded={open}
        onClick={() => onToggle(row.id)}
        // the whole row is the click target
        className="shrink-0 text-left font-medium outline-none after:absolute after:inset-0 after:-outline-offset-2 focus-visible:after:outline-2 focus-visible:after:outline-accent-ink max-xl:min-h-6 max-xl:min-w-6 max-xl:shrink max-xl:truncate"
      >
        {label}
      </button>
      <TimesBadge row={row} />
      {row.detail.firstUse === true ? <Badge tone="accent">first use</Badge> : null}
      <span className="min-w-0 shrink-99 truncate font-mono text-2xs text-muted max-md:hidden">
        {row.name}
      </span>
    </span>
  )
}

const tones: Record<EventRow['outcome'], string> = {
  ok: 'text-muted',
  refused: 'text-warn-ink',
  failed: 'text-bad-ink',
}

/** What happened, in words; refusals are coloured. */
function Explanation({ row }: Pick<LogRowProps, 'row'>) {
  const { sentence } = presentEvent(row)
  if (!sentence) return null
  return (
    <span
      className={cn('text-xs leading-4 [grid-area:why] xl:truncate xl:pl-6', tones[row.outcome])}
      title={sentence}
    >
      {sentence}
    </span>
  )
}

function Summary(props: Pick<LogRowProps, 'row' | 'path' | 'open' | 'onToggle'>) {
  const { row, path, open } = props
  return (
    <div
      className={cn(
        rowGrid,
        rowGridExplained,
        'relative gap-y-0.5 py-1.25 xl:leading-4.5 max-xl:py-2.5',
      )}
    >
      <span className="grid place-items-center [grid-area:mark]">
        <OutcomeMark outcome={row.outcome} />
      </span>
      <span className="font-mono text-xs [grid-area:time]">
        <ClockTime at={row.at} />
      </span>
      <Event {...props} />
      <span
        className={cn('text-right font-mono text-xs [grid-area:status]', statusLooks(row.status))}
      >
        {row.status}
      </span>
      <span className="truncate font-mono text-xs [grid-area:path]" title={row.path ?? undefined}>
        <span className="inline-block min-w-9 text-muted">{row.method}</span> {row.path}
      </span>
      <span className="flex min-w-0 items-center gap-2 text-sm [grid-area:who]">
        <span className="min-w-0 truncate text-muted xl:flex-1" title={row.userAgent ?? undefined}>
          {row.agent ?? row.userAgent ?? (row.fold === null ? null : row.address)}
        </span>
        <OwnerLink row={row} path={path} />
      </span>
      <span className="whitespace-nowrap text-right font-mono text-muted text-xs [grid-area:took]">
        {row.durationMs === null ? null : `${row.durationMs} ms`}
      </span>
      {open ? null : <Explanation row={row} />}
    </div>
  )
}

/** One event of the log: a line, and its details when opened. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { row, path, open, fresh } = props
  return (
    <div
      className={cn('border-b hover:bg-hover/60', fresh && 'animate-arrive', open && 'bg-hover/60')}
    >
      <Summary {...props} />
      {open ? <LogFacts row={row} path={path} /> : null}
    </div>
  )
})
