import { CircleAlert, CornerDownRight } from 'lucide-react'
import Link from 'next/link'
import { DueClock } from '@/components/handshake/due-clock'
import { ProgressRail } from '@/components/handshake/progress-rail'
import { SurfaceMark } from '@/components/handshake/surface-mark'
import { VerdictBadge } from '@/components/handshake/verdict-badge'
import type { Column } from '@/components/kit/list/data-table'
import { Moment } from '@/components/kit/moment'
import { Badge } from '@/components/ui/badge'
import type { HandshakeRow } from '@/lib/admin/handshakes/views'
import { identificationWords, surfaceWords, verdictWords } from '@/lib/handshake/words'

function Client({ row }: { row: HandshakeRow }) {
  const surface = surfaceWords[row.surface]
  const name = row.clientName ?? surface
  const how = row.identification ? identificationWords[row.identification] : 'not identified yet'
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <SurfaceMark surface={row.surface} />
      <span className="min-w-0">
        <Link
          href={`/admin/handshakes/${row.id}`}
          prefetch={false}
          data-row
          className="block truncate font-medium underline-offset-4 hover:underline"
        >
          {name}
        </Link>
        <span className="block truncate text-muted text-xs">
          {name === surface ? how : `${surface} · ${how}`}
        </span>
      </span>
    </span>
  )
}

function Unused() {
  return (
    <Badge tone="warn" title="A token was issued and no authenticated request has come to /mcp">
      <CircleAlert aria-hidden />
      Never used
    </Badge>
  )
}

function VerdictCell({ row, now }: { row: HandshakeRow; now: string }) {
  const isAwaited = row.verdict.kind === 'in-progress' && row.dueAt !== null
  return (
    <span className="grid min-w-0 gap-1">
      <span className="flex flex-wrap gap-1">
        <VerdictBadge verdict={row.verdict} />
        {isAwaited && row.dueAt ? <DueClock dueAt={row.dueAt} now={now} /> : null}
        {row.unused && !isAwaited ? <Unused /> : null}
        {row.retryOf ? (
          <Badge tone="outline" title={`Retries ${row.retryOf}`}>
            <CornerDownRight aria-hidden />
            Retry
          </Badge>
        ) : null}
      </span>
      {row.verdict.kind === 'stalled' || row.verdict.kind === 'failed' ? (
        <span className="text-pretty text-xs">{verdictWords(row.verdict)}</span>
      ) : null}
    </span>
  )
}

/** The columns of the handshakes. @param now the server's clock */
export const handshakeColumns = (now: string): readonly Column<HandshakeRow>[] => [
  {
    id: 'client',
    header: 'Client',
    lead: true,
    className: 'md:max-w-64 xl:max-w-80',
    cell: (row) => <Client row={row} />,
  },
  {
    id: 'verdict',
    header: 'Verdict',
    cell: (row) => <VerdictCell row={row} now={now} />,
  },
  {
    id: 'progress',
    header: 'Progress',
    cell: (row) => <ProgressRail stage={row.stage} verdict={row.verdict} />,
  },
  {
    id: 'person',
    header: 'Person',
    wide: true,
    className: 'md:max-w-52',
    cell: (row) => (
      <span className="block max-w-full truncate">
        {row.userEmail ?? <span className="text-muted">nobody yet</span>}
      </span>
    ),
  },
  { id: 'since', header: 'Last change', cell: (row) => <Moment at={row.verdictAt} /> },
  {
    id: 'started',
    header: 'Started',
    className: 'max-md:hidden',
    cell: (row) => <Moment at={row.startedAt} />,
  },
]
