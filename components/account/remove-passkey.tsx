'use client'
import { useRef, useState } from 'react'
import { ConfirmDialog } from '@/components/admin/confirm-dialog'
import { tell } from '@/components/admin/outcome'
import { Button } from '@/components/ui/button'
import type { PasskeyView } from '@/lib/admin/account/views'
import type { PasskeyActions } from './account-actions'

type RemovePasskeyProps = {
  readonly passkey: PasskeyView
  readonly remove: PasskeyActions['remove']
}

/** Removes a passkey, after it has said what that does. */
export function RemovePasskey({ passkey, remove }: RemovePasskeyProps) {
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={trigger} aria-label={`Remove ${passkey.name}`} onClick={() => setAsking(true)}>
        Remove…
      </Button>
      <ConfirmDialog
        title={`Remove “${passkey.name}”?`}
        keep="Keep it"
        confirm="Remove passkey"
        busy="Removing…"
        open={asking}
        onOpenChange={setAsking}
        onClosed={() => trigger.current?.focus()}
        onConfirm={async () => tell(await remove(passkey.id))}
      >
        <p>
          It lets you in no more. Your device still offers it until you delete it there. Browsers
          that are signed in stay signed in.
        </p>
      </ConfirmDialog>
    </>
  )
}
