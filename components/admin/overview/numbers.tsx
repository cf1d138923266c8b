import { CircleAlert } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import type { Overview } from '@/lib/admin/views'

type NumberProps = {
  readonly label: string
  readonly value: number
  readonly under: string
  readonly href: string
  /** something to look into */
  readonly alarming?: boolean
}

function Figure({ label, value, under, href, alarming }: NumberProps) {
  return (
    <Link
      href={href}
      className={cn(
        'grid content-start gap-0.5 rounded-xl border bg-surface p-4 shadow-panel transition-colors hover:border-line-strong',
        alarming && 'border-warn-line bg-warn-soft text-warn-ink',
      )}
    >
      <span className={cn('flex items-center gap-1.5 text-sm', !alarming && 'text-muted')}>
        {alarming ? <CircleAlert aria-hidden className="size-3.5" /> : null}
        {label}
      </span>
      <span className="font-semibold text-2xl tabular-nums tracking-tight">
        {value.toLocaleString('en')}
      </span>
      <span className={cn('text-xs', !alarming && 'text-muted')}>{under}</span>
    </Link>
  )
}

type Troubled = Overview['troubled']

const troubledWords = ({ stalled, failed }: Troubled): string =>
  stalled + failed === 0
    ? 'handshakes in the last 24 hours'
    : `${stalled} stalled, ${failed} failed, in 24 h`

/** The list has one verdict at a time: that of the most. */
const troubledHref = ({ stalled, failed }: Troubled): string => {
  if (stalled + failed === 0) return '/admin/handshakes'
  return `/admin/handshakes?verdict=${stalled >= failed ? 'stalled' : 'failed'}`
}

/** The state of the server in six numbers, each leading to the list behind it. */
export function Numbers({ overview }: { overview: Overview }) {
  const { connections, clients, toolCalls, refusals, troubled } = overview
  return (
    <section aria-label="Numbers" className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <Figure
        label="Active connections"
        value={connections.active}
        under="allowed and not revoked"
        href="/admin/connections?state=active"
      />
      <Figure
        label="Issued, never used"
        value={connections.unused}
        under={connections.unused ? 'the first call did not come' : 'every token was used'}
        href="/admin/connections?state=unused"
        alarming={connections.unused > 0}
      />
      <Figure
        label="Stalled or failed"
        value={troubled.stalled + troubled.failed}
        under={troubledWords(troubled)}
        href={troubledHref(troubled)}
        alarming={troubled.stalled + troubled.failed > 0}
      />
      <Figure label="Clients" value={clients} under="known by name" href="/admin/clients" />
      <Figure
        label="Tool calls"
        value={toolCalls}
        under="in the last 24 hours"
        href="/admin/log?event=mcp.called"
      />
      <Figure
        label="Refused or failed"
        value={refusals}
        under="in the last 24 hours"
        href="/admin/log?outcome=refused"
      />
    </section>
  )
}
