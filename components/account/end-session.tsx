'use client'
import { useTransition } from 'react'
import { notify } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import type { AccountSession } from '@/lib/admin/account/sessions'
import type { SessionsActions } from './account-actions'

type EndSessionProps = {
  readonly session: AccountSession
  readonly end: SessionsActions['end']
}

/** Ends one other session. No confirmation: signing in restores it. */
export function EndSession({ session, end }: EndSessionProps) {
  const [pending, start] = useTransition()
  const name = session.browser ?? 'Unknown browser'
  return (
    <Button
      disabled={pending}
      aria-label={`Sign out ${name}${session.address ? `, ${session.address}` : ''}`}
      onClick={() => start(async () => notify(await end(session.id)))}
    >
      {pending ? 'Signing out…' : 'Sign out'}
    </Button>
  )
}
