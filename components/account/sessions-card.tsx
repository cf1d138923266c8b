import { Monitor } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AccountSession } from '@/lib/admin/account/sessions'
import type { SessionsActions } from './account-actions'
import { EndOthers } from './end-others'
import { EndSession } from './end-session'

type SessionItemProps = { readonly session: AccountSession; readonly end: SessionsActions['end'] }

function SessionItem({ session, end }: SessionItemProps) {
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Monitor aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {session.browser ?? 'Unknown browser'}
          {session.isThis ? <Badge tone="ok">This browser</Badge> : null}
        </p>
        <p className="wrap-anywhere text-muted">
          Last active <RelativeTime at={session.lastSeenAt} />
          {session.address ? ` from ${session.address}` : ''} · signed in{' '}
          <RelativeTime at={session.createdAt} /> with {session.method}
        </p>
      </div>
      {session.isThis ? null : <EndSession session={session} end={end} />}
    </li>
  )
}

type SessionsCardProps = {
  readonly sessions: readonly AccountSession[]
  readonly actions: SessionsActions
}

/** The user's sessions. */
export function SessionsCard({ sessions, actions }: SessionsCardProps) {
  return (
    <Card aria-labelledby="sessions">
      <CardHeader className="py-2">
        <CardTitle id="sessions">Where you are signed in</CardTitle>
        {sessions.length > 1 ? <EndOthers endOthers={actions.endOthers} /> : null}
      </CardHeader>
      <ul className="divide-y border-t">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} end={actions.end} />
        ))}
      </ul>
    </Card>
  )
}
