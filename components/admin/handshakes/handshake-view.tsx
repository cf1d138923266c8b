import { CornerDownRight, Redo2 } from 'lucide-react'
import Link from 'next/link'
import { ItemName } from '@/components/admin/shell/item-name'
import { Findings } from '@/components/handshake/findings'
import { Headline, headlineExplained } from '@/components/handshake/headline'
import { Summary } from '@/components/handshake/summary'
import { PageHeader } from '@/components/kit/page-header'
import type { HandshakePage, JudgedHandshake } from '@/lib/admin/handshakes/page'
import type { HandshakeData as View } from '@/lib/admin/handshakes/views'
import { surfaceWords } from '@/lib/handshake/words'
import { CopyReport } from './copy-report'
import { ExportMenu } from './export-menu'
import { InTime } from './in-time'
import { LiveHandshake } from './live-handshake'
import type { ShareActions } from './share-actions'
import { ShareDialog } from './share-dialog'
import { ShareList } from './share-list'
import { SupportDialog } from './support-dialog'
import { type HandshakePageQuery, TimelineCard } from './timeline-card'

const list = '/admin/handshakes'

/** The attempt, and whether the page is up to date. */
function Which({ view: { row, now } }: { view: View }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-sm">
      <ItemName name={`${row.clientName ?? surfaceWords[row.surface]} ${row.id}`} />
      <span>{row.clientName ?? surfaceWords[row.surface]}</span>
      <span className="font-mono text-xs">{row.id}</span>
      <LiveHandshake
        id={row.id}
        now={now}
        dueAt={row.dueAt !== null && row.dueAt > now ? row.dueAt : null}
      />
    </p>
  )
}

const link = 'font-medium underline underline-offset-4'

function Retries({ view: { row, retriedBy } }: { view: View }) {
  if (!row.retryOf && !retriedBy) return null
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1 text-muted text-sm">
      {row.retryOf ? (
        <span className="inline-flex items-center gap-1.5">
          <CornerDownRight aria-hidden className="size-4" />
          This retries{' '}
          <Link href={`${list}/${row.retryOf}`} className={link}>
            an attempt that failed
          </Link>
        </span>
      ) : null}
      {retriedBy ? (
        <span className="inline-flex items-center gap-1.5">
          <Redo2 aria-hidden className="size-4" />
          The client tried{' '}
          <Link href={`${list}/${retriedBy}`} className={link}>
            once more
          </Link>
        </span>
      ) : null}
    </div>
  )
}

type HandshakeViewProps = {
  readonly page: HandshakePage
  readonly query: HandshakePageQuery
  /** absent for viewers */
  readonly actions?: ShareActions
}

type BodyProps = Omit<HandshakeViewProps, 'page'> & { readonly judged: JudgedHandshake }

/** The handshake with its verdict at some time. */
function Body({ judged, query, actions }: BodyProps) {
  const { view, findings, report, supportReport } = judged
  const { id } = view.row
  return (
    <>
      <PageHeader
        title={<Headline row={view.row} now={view.now} />}
        description={headlineExplained(view.row)}
        actions={
          <div className="flex flex-wrap gap-2">
            <CopyReport report={report} />
            <ExportMenu id={id} />
            {actions ? <ShareDialog handshakeId={id} share={actions.share} /> : null}
            <SupportDialog report={supportReport} />
          </div>
        }
      />
      <Retries view={view} />
      <Summary view={view} linked />
      <Findings findings={findings} view={view} linked />
      <TimelineCard path={`${list}/${id}`} query={query} view={view} />
    </>
  )
}

/** One attempt: its state, the cause, each step, and exports. */
export function HandshakeView({ page, ...rest }: HandshakeViewProps) {
  const { view, ahead, shares } = page
  return (
    <>
      <div className="-mb-3">
        <Which view={view} />
      </div>
      <InTime
        now={view.now}
        dueAt={ahead && view.row.dueAt}
        before={<Body judged={page} {...rest} />}
        after={ahead && <Body judged={ahead} {...rest} />}
      />
      <ShareList shares={shares} withdraw={rest.actions?.withdraw} />
    </>
  )
}
