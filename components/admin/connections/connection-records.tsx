import Link from 'next/link'
import { SessionState } from '@/components/admin/sessions/session-state'
import { TokenState } from '@/components/admin/tokens/token-state'
import { VerdictBadge } from '@/components/handshake/verdict-badge'
import { hrefOf, shortId } from '@/components/kit/list/hrefs'
import { RecordList } from '@/components/kit/records/record-list'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ConnectionPage } from '@/lib/admin/connections/page'
import { surfaceWords } from '@/lib/handshake/words'

const link = 'truncate font-medium underline-offset-4 hover:underline'

type Part = { readonly page: ConnectionPage }

function Tokens({ page }: Part) {
  const { tokens, connection } = page
  return (
    <RecordList
      title="Tokens"
      none="No token was issued."
      href={hrefOf('/admin/tokens', { grant: connection.id })}
      all="All tokens"
      lines={tokens.map((token) => ({
        id: token.id,
        lead: (
          <>
            <Badge tone="outline">{token.kind === 'access' ? 'Access' : 'Refresh'}</Badge>
            <Link href={`/admin/tokens/${token.id}`} prefetch={false} className={link}>
              …{shortId(token.id)}
            </Link>
          </>
        ),
        rest: <TokenState state={token.state} />,
        end: <RelativeTime at={token.issuedAt} />,
      }))}
    />
  )
}

function Sessions({ page }: Part) {
  const { sessions, connection } = page
  return (
    <RecordList
      title="Sessions"
      none="No session was opened; the newest revision of MCP has none."
      href={hrefOf('/admin/sessions', { grant: connection.id })}
      all="All sessions"
      lines={sessions.map((session) => ({
        id: session.id,
        lead: (
          <>
            <SessionState session={session} />
            <span className="font-mono text-xs">{session.protocolVersion}</span>
          </>
        ),
        rest: session.clientInfo ?? 'did not name itself',
        end: <RelativeTime at={session.lastSeenAt} />,
      }))}
    />
  )
}

function Handshakes({ page }: Part) {
  const { handshakes, connection } = page
  return (
    <RecordList
      title="Handshakes"
      none="No attempt of this connection is on record any more."
      href={hrefOf('/admin/handshakes', { client: connection.clientId })}
      all="All of this client"
      lines={handshakes.map(({ id, surface, verdict, startedAt }) => ({
        id,
        lead: (
          <Link href={`/admin/handshakes/${id}`} prefetch={false} className={link}>
            {surfaceWords[surface]}
          </Link>
        ),
        rest: <VerdictBadge verdict={verdict} />,
        end: <RelativeTime at={startedAt} />,
      }))}
    />
  )
}

/** The newest records of each kind of one connection. */
export function ConnectionRecords({ page }: Part) {
  return (
    // as many columns as the text leaves room for, at any text size
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,18rem),1fr))] items-start gap-4">
      <Tokens page={page} />
      <Sessions page={page} />
      <Handshakes page={page} />
    </div>
  )
}
