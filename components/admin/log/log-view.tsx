import { Activity, ArrowUpToLine, History } from 'lucide-react'
import Link from 'next/link'
import { hrefOf, hrefWith } from '@/components/admin/list/hrefs'
import { isFiltered, NoMatches } from '@/components/admin/list/no-matches'
import { Pager } from '@/components/admin/list/pager'
import { buttonVariants } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import type { EventQuery, EventRow, PageOf } from '@/lib/admin/views'
import { LiveLog } from './live-log'
import { LogToolbar } from './log-toolbar'

type LogViewProps = {
  readonly path: string
  readonly query: EventQuery
  readonly page: PageOf<EventRow> & { readonly cursor: string }
  /** the section of a specification that defines each event */
  readonly sections: Readonly<Record<string, string>>
}

const looksAt = 'event names, paths, agents, addresses and ids'

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

function Past({ path, query }: Pick<LogViewProps, 'path' | 'query'>) {
  return (
    <Callout className="items-center [&>svg]:mt-0">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
        These are older events; new ones do not appear here.
        <Link href={hrefWith(path, query, {})} className={buttonVariants({ size: 'sm' })}>
          <ArrowUpToLine aria-hidden />
          Back to live
        </Link>
      </span>
    </Callout>
  )
}

function Trimmed({ path, query }: Pick<LogViewProps, 'path' | 'query'>) {
  return (
    <p className="flex flex-wrap items-center gap-3 text-muted text-sm">
      <History aria-hidden className="size-4" />
      Older events have left this page, not the database.
      {/* Not a Next link: only a new load starts again from the newest events. */}
      <a href={hrefWith(path, query, {})} className={buttonVariants({ size: 'sm' })}>
        Load again
      </a>
    </p>
  )
}

/** The log: following it from its newest events on, or standing still on a page of older ones. */
export function LogView({ path, query, page, sections }: LogViewProps) {
  const { cursor, ...filters } = query
  const live = !cursor
  return (
    <LiveLog
      revision={`${JSON.stringify(query)} ${page.cursor}`}
      path={path}
      rows={page.rows}
      stream={live ? { href: hrefOf(`${path}/stream`, filters), cursor: page.cursor } : null}
      sections={sections}
      toolbar={
        <>
          <LogToolbar path={path} query={query} />
          {live ? null : <Past path={path} query={query} />}
        </>
      }
      empty={isFiltered(query) ? <NoMatches path={path} what="events" looksAt={looksAt} /> : empty}
      older={<Pager path={path} query={query} page={page} />}
      olderTrimmed={<Trimmed path={path} query={query} />}
    />
  )
}
