import { Monitor } from 'lucide-react'
import { ActionButton } from '@/components/kit/action-button'
import { ConfirmButton } from '@/components/kit/confirm-dialog'
import { Badge } from '@/components/ui/badge'
import { TitledCard } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { AccountSession } from '@/lib/admin/account/sessions'
import type { SessionsActions } from './account-actions'

type SessionItemProps = { readonly session: AccountSession; readonly end: SessionsActions['end'] }

function SessionItem({ session, end }: SessionItemProps) {
  const name = session.agent ?? 'Unknown browser'
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Monitor aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {name}
          {session.isThis ? <Badge tone="ok">This browser</Badge> : null}
        </p>
        <p className="wrap-anywhere text-muted">
          Last active <RelativeTime at={session.lastSeenAt} />
          {session.address ? ` from ${session.address}` : ''} · signed in{' '}
          <RelativeTime at={session.createdAt} /> with {session.method}
        </p>
      </div>
      {/* no confirmation: signing in restores it */}
      {session.isThis ? null : (
        <ActionButton
          action={end.bind(null, session.id)}
          aria-label={`Sign out ${name}${session.address ? `, ${session.address}` : ''}`}
          busy="Signing out…"
        >
          Sign out
        </ActionButton>
      )}
    </li>
  )
}

type SessionsCardProps = {
  readonly sessions: readonly AccountSession[]
  readonly actions: SessionsActions
}

/** The user's sessions. */
export function SessionsCard({ sessions, actions }: SessionsCardProps) {
  const endOthers = (
    <ConfirmButton
      button={{ children: 'Sign out elsewhere…' }}
      title="Sign out everywhere else?"
      keep="Stay signed in"
      confirm="Sign out elsewhere"
      busy="Signing out…"
      onConfirm={actions.endOthers}
    >
      <p>
        All your browsers but this one have to sign in again. The apps you have connected stay
        connected.
      </p>
    </ConfirmButton>
  )
  return (
    <TitledCard
      title="Where you are signed in"
      titleId="sessions"
      beside={sessions.length > 1 ? endOthers : null}
      header="py-2"
    >
      <ul className="divide-y border-t">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} end={actions.end} />
        ))}
      </ul>
    </TitledCard>
  )
}
