'use client'
import { Activity, CircleStop, Plug } from 'lucide-react'
import { ConfirmDialog, useDialogs } from '@/components/kit/confirm-dialog'
import { hrefOf } from '@/components/kit/list/hrefs'
import { type MenuItem, RowMenu } from '@/components/kit/row-menu'
import type { endOpenSession } from '@/lib/admin/sessions/sessions'
import type { SessionRow } from '@/lib/admin/views'

const placesOf = ({ grantId }: SessionRow): readonly MenuItem[] => [
  { label: 'Show its connection', icon: Plug, href: `/admin/connections/${grantId}` },
  { label: 'Show in the log', icon: Activity, href: hrefOf('/admin/log', { grant: grantId }) },
]

type SessionMenuProps = {
  readonly session: SessionRow
  /** absent for viewers */
  readonly actions?: { readonly end: typeof endOpenSession }
}

/** The actions on one session. */
export function SessionMenu({ session, actions }: SessionMenuProps) {
  const { trigger, ask, asked } = useDialogs<'end'>()
  const { id, clientName, userEmail } = session
  const end: MenuItem = {
    label: 'End session…',
    icon: CircleStop,
    tone: 'bad',
    onSelect: () => ask('end'),
  }
  return (
    <>
      <RowMenu
        name={`${clientName} of ${userEmail}`}
        trigger={trigger}
        groups={[placesOf(session), actions && !session.endedBy ? [end] : []]}
      />
      {actions ? (
        <ConfirmDialog
          title={`End this session of ${clientName}?`}
          keep="Keep it"
          confirm="End session"
          busy="Ending…"
          onConfirm={() => actions.end(id)}
          {...asked('end')}
        >
          <p>
            Its streams close and its next request is told that the session is gone. The connection
            stays allowed: the client may open another session at once.
          </p>
          <p>
            To keep it out, pause or revoke the connection of{' '}
            <strong className="text-ink">{userEmail}</strong> instead.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
