'use client'
import { useRef, useState } from 'react'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import { notify } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'
import type { SessionsActions } from './account-actions'

/** Ends all other sessions, after a confirmation. */
export function EndOthers({ endOthers }: Pick<SessionsActions, 'endOthers'>) {
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={trigger} onClick={() => setAsking(true)}>
        Sign out elsewhere…
      </Button>
      <ConfirmDialog
        title="Sign out everywhere else?"
        keep="Stay signed in"
        confirm="Sign out elsewhere"
        busy="Signing out…"
        open={asking}
        onOpenChange={setAsking}
        onClosed={() => trigger.current?.focus()}
        onConfirm={async () => notify(await endOthers())}
      >
        <p>
          All your browsers but this one have to sign in again. The apps you have connected stay
          connected.
        </p>
      </ConfirmDialog>
    </>
  )
}
