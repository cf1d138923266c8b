import { Handshake } from 'lucide-react'
import Link from 'next/link'
import { hrefOf } from '@/components/kit/list/hrefs'
import { isFiltered, NoMatches } from '@/components/kit/list/no-matches'
import { Pager } from '@/components/kit/list/pager'
import { Past } from '@/components/kit/list/past'
import { Toolbar } from '@/components/kit/list/toolbar'
import { buttonVariants } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { HandshakeChoices } from '@/lib/admin/handshakes/choices'
import type { HandshakeQuery, HandshakeRow } from '@/lib/admin/handshakes/views'
import type { PageOf } from '@/lib/admin/views'
import { LiveHandshakes } from './live-handshakes'
import { handshakeNarrowing } from './narrowing'

const { path } = handshakeNarrowing

const empty = (
  <EmptyState
    icon={Handshake}
    title="No connection attempts yet"
    action={
      <Link href="/admin/connect" className={buttonVariants({ variant: 'primary' })}>
        Connect Claude
      </Link>
    }
  >
    Give Claude the address of this server. Its attempt appears here with its first request, and
    each step as it happens. If nothing appears, the request does not get as far as this server:{' '}
    <Link href="/admin/self-check" className="text-accent-ink underline underline-offset-4">
      run the self-check
    </Link>
    .
  </EmptyState>
)

type HandshakesViewProps = {
  readonly query: HandshakeQuery
  readonly page: PageOf<HandshakeRow> & { readonly cursor: string }
  readonly choices: HandshakeChoices
  /** ISO 8601: the server's clock */
  readonly now: string
}

/** The attempts: live on the first page, static on older ones. */
export function HandshakesView({ query, page, choices, now }: HandshakesViewProps) {
  const { cursor, ...filters } = query
  return (
    <LiveHandshakes
      revision={`${JSON.stringify(query)} ${page.cursor}`}
      rows={page.rows}
      isWhole={page.next === null}
      now={now}
      stream={cursor ? null : { href: hrefOf(`${path}/stream`, filters), cursor: page.cursor }}
      toolbar={
        <>
          <Toolbar list={handshakeNarrowing} query={query} given={choices} />
          {cursor ? <Past path={path} query={query} what="attempts" /> : null}
        </>
      }
      empty={isFiltered(query) ? <NoMatches path={path} what="handshakes" fields={null} /> : empty}
      pager={<Pager path={path} query={query} page={page} />}
    />
  )
}
