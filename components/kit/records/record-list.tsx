import type { ReactNode } from 'react'
import { MoreLink } from '@/components/kit/links'
import { TitledCard } from '@/components/ui/card'

/** One line of a short list. */
type RecordLine = {
  readonly id: string
  readonly lead: ReactNode
  /** muted, after the lead */
  readonly rest: ReactNode
  /** right-aligned */
  readonly end: ReactNode
}

type RecordListProps = {
  readonly title: string
  readonly lines: readonly RecordLine[]
  /** shown while there are no lines */
  readonly none: string
  /** the whole list */
  readonly href: string
  readonly all: string
}

/** The newest few records, and a link to all of them. */
export function RecordList({ title, lines, none, href, all }: RecordListProps) {
  return (
    <TitledCard
      title={title}
      beside={<MoreLink href={href}>{all}</MoreLink>}
      header="flex-wrap border-b"
    >
      {lines.length === 0 ? <p className="px-4 py-4 text-muted text-sm">{none}</p> : null}
      <ul className="divide-y">
        {lines.map(({ id, lead, rest, end }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
            <span className="flex min-w-0 items-center gap-2">{lead}</span>
            <span className="min-w-0 flex-1 truncate text-muted text-xs">{rest}</span>
            <span className="shrink-0 text-muted text-xs">{end}</span>
          </li>
        ))}
      </ul>
    </TitledCard>
  )
}
