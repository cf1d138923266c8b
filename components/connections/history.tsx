import { History as HistoryIcon } from 'lucide-react'
import { presentEvent } from '@/components/kit/event-presentation'
import type { QueryValues } from '@/components/kit/list/hrefs'
import { Pager } from '@/components/kit/list/pager'
import { OutcomeMark } from '@/components/kit/outcome-mark'
import { TitledCard } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import type { HistoryRow } from '@/lib/admin/account/history'
import type { PageOf } from '@/lib/admin/views'

function Line({ row }: { readonly row: HistoryRow }) {
  const { label, icon: Icon, sentence } = presentEvent(row)
  const by = row.by ? `by ${row.by}${row.address ? ` from ${row.address}` : ''}` : null
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 px-4 py-2.5">
      <span className="mt-0.5 grid size-5 place-items-center text-muted">
        {row.outcome === 'ok' ? (
          <Icon aria-hidden className="size-4" />
        ) : (
          <OutcomeMark outcome={row.outcome} />
        )}
      </span>
      <div className="min-w-0">
        <p className="text-sm">
          <span className="font-medium">{label}</span>
          {by ? <span className="wrap-anywhere text-muted"> {by}</span> : null}
        </p>
        {sentence ? (
          <p className="wrap-anywhere text-pretty text-muted text-sm">{sentence}</p>
        ) : null}
      </div>
      <RelativeTime at={row.at} className="whitespace-nowrap text-muted text-xs" />
    </li>
  )
}

type HistoryProps = {
  readonly page: PageOf<HistoryRow>
  /** the page's path */
  readonly path: string
  readonly query: QueryValues
}

/** A connection's history, newest first, in sentences. */
export function History({ page, path, query }: HistoryProps) {
  return (
    <section className="grid gap-3">
      <TitledCard title="History" header="border-b">
        {page.rows.length === 0 ? (
          <EmptyState icon={HistoryIcon} title="Nothing is recorded" className="py-10">
            Older events are no longer kept.
          </EmptyState>
        ) : null}
        <ol className="divide-y">
          {page.rows.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ol>
      </TitledCard>
      <Pager path={path} query={query} page={page} />
    </section>
  )
}
