import { Activity, History, SearchX } from 'lucide-react'
import Link from 'next/link'
import { hrefOf, hrefWith } from '@/components/kit/list/hrefs'
import { isFiltered, NoMatches } from '@/components/kit/list/no-matches'
import { Pager } from '@/components/kit/list/pager'
import { Past } from '@/components/kit/list/past'
import { Toolbar } from '@/components/kit/list/toolbar'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import type { LogPage, LogQuery } from '@/lib/admin/views'
import { LiveLog } from './live-log'
import { logNarrowing } from './narrowing'

const { path } = logNarrowing

type LogViewProps = {
  readonly query: LogQuery
  readonly page: LogPage
}

const fields = 'event names, paths, agents, addresses and ids'

const empty = (
  <EmptyState
    icon={Activity}
    title="Listening"
    action={
      <Link href="/admin" className={buttonVariants({ variant: 'primary' })}>
        Connect Claude
      </Link>
    }
  >
    Nothing has happened yet. Give Claude the address of this server and watch its steps arrive.
  </EmptyState>
)

/** Continues a search that no index covers and that stopped at its time limit. */
function OlderEvents({ query, page }: LogViewProps) {
  if (page.lookedBackTo === null || page.next === null) {
    return <Pager path={path} query={query} page={page} />
  }
  return (
    <p className="flex flex-wrap items-center gap-3 text-muted text-sm">
      <History aria-hidden className="size-4" />
      <span>
        Looked back to what happened <RelativeTime at={page.lookedBackTo} />.
      </span>
      <Link
        href={hrefWith(path, query, { cursor: page.next })}
        prefetch={false}
        className={buttonVariants({ size: 'sm' })}
      >
        Search further back
      </Link>
    </p>
  )
}

/** Shown instead of rows. */
function EmptyLog({ query, page }: LogViewProps) {
  if (!isFiltered(query)) return empty
  if (page.lookedBackTo === null) return <NoMatches path={path} what="events" fields={fields} />
  return (
    <EmptyState icon={SearchX} title="No events match so far">
      Nothing in the newest events matches; older ones were not looked at yet.
    </EmptyState>
  )
}

function Trimmed({ query }: Pick<LogViewProps, 'query'>) {
  return (
    <p className="flex flex-wrap items-center gap-3 text-muted text-sm">
      <History aria-hidden className="size-4" />
      Older events have left this page, not the database.
      {/* Not a Next link: only a full load restarts from the newest events. */}
      <a href={hrefWith(path, query, {})} className={buttonVariants({ size: 'sm' })}>
        Load again
      </a>
    </p>
  )
}

/** The log: live on the first page, static on older ones. */
export function LogView({ query, page }: LogViewProps) {
  const { cursor, ...filters } = query
  const live = !cursor
  return (
    <LiveLog
      revision={`${JSON.stringify(query)} ${page.cursor}`}
      path={path}
      rows={page.rows}
      stream={live ? { href: hrefOf(`${path}/stream`, filters), cursor: page.cursor } : null}
      toolbar={
        <>
          <Toolbar list={logNarrowing} query={query} given={null} />
          {live ? null : <Past path={path} query={query} what="events" />}
        </>
      }
      empty={<EmptyLog query={query} page={page} />}
      older={<OlderEvents query={query} page={page} />}
      olderTrimmed={<Trimmed query={query} />}
    />
  )
}
