import Link from 'next/link'
import type { ReactNode } from 'react'
import { NumberText } from '@/components/ui/locale'
import type { Overview } from '@/lib/admin/overview/overview'

type FigureProps = {
  readonly label: string
  readonly value: ReactNode
  readonly under: ReactNode
  readonly href: string
}

function Figure({ label, value, under, href }: FigureProps) {
  return (
    <Link
      href={href}
      className="grid content-start gap-0.5 rounded-xl border bg-surface p-4 shadow-panel transition-colors hover:border-line-strong"
    >
      <span className="text-muted text-sm">{label}</span>
      <span className="font-semibold text-2xl tabular-nums tracking-tight">{value}</span>
      <span className="text-muted text-xs">{under}</span>
    </Link>
  )
}

/** Key numbers, each linked to its list. */
export function Numbers({ overview }: { overview: Overview }) {
  const { connections, clients, traffic } = overview
  const time = traffic.range === '7d' ? 'in 7 days' : 'in 24 hours'
  return (
    <section
      aria-label="Numbers"
      className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-3"
    >
      <Figure
        label="Active connections"
        value={<NumberText value={connections.active} />}
        under={
          <>
            <NumberText value={connections.new} /> new this week
          </>
        }
        href="/admin/connections?state=active"
      />
      <Figure
        label="Clients"
        value={<NumberText value={clients} />}
        under="registered"
        href="/admin/clients"
      />
      <Figure
        label="Tool calls"
        value={<NumberText value={traffic.calls} />}
        under={time}
        href="/admin/log?event=mcp.called"
      />
      <Figure
        label="Refused or failed"
        value={<NumberText value={traffic.errors} />}
        under={time}
        href="/admin/log?outcome=refused"
      />
    </section>
  )
}
