'use client'
import { Activity, CircleStop, Ellipsis, Plug } from 'lucide-react'
import Link from 'next/link'
import { useRef, useState } from 'react'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import { hrefOf } from '@/components/kit/list/hrefs'
import { notify } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import type { SessionRow } from '@/lib/admin/views'
import type { SessionActions } from './session-actions'

type SessionMenuProps = {
  readonly session: SessionRow
  /** absent for viewers */
  readonly actions?: SessionActions
}

/** The actions on one session. */
export function SessionMenu({ session, actions }: SessionMenuProps) {
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  const name = `${session.clientName} of ${session.userEmail}`
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={`Actions for ${name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" within="content">
          <DropdownMenuItem asChild>
            <Link href={`/admin/connections/${session.grantId}`} prefetch={false}>
              <Plug aria-hidden />
              Show its connection
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={hrefOf('/admin/log', { grant: session.grantId })}>
              <Activity aria-hidden />
              Show in the log
            </Link>
          </DropdownMenuItem>
          {actions && !session.endedBy ? (
            <>
              <DropdownMenuSeparator />
              <DropdownMenuItem tone="bad" onSelect={() => setAsking(true)}>
                <CircleStop aria-hidden />
                End session…
              </DropdownMenuItem>
            </>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {actions ? (
        <ConfirmDialog
          title={`End this session of ${session.clientName}?`}
          keep="Keep it"
          confirm="End session"
          busy="Ending…"
          onConfirm={async () => notify(await actions.end(session.id))}
          open={asking}
          onOpenChange={setAsking}
          onClosed={() => trigger.current?.focus()}
        >
          <p>
            Its streams close and its next request is told that the session is gone. The connection
            stays allowed: the client may open another session at once.
          </p>
          <p>
            To keep it out, pause or revoke the connection of{' '}
            <strong className="text-ink">{session.userEmail}</strong> instead.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
