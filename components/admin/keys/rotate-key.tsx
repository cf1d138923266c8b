'use client'
import { RefreshCw } from 'lucide-react'
import { useRef, useState } from 'react'
import { ConfirmDialog } from '@/components/kit/confirm-dialog'
import { notify, type Outcome } from '@/components/kit/outcome'
import { Button } from '@/components/ui/button'

/** Rotates the signing key. */
export type RotateKeyAction = () => Promise<Outcome>

/** The button that rotates the signing key, after a confirmation. */
export function RotateKey({ rotate }: { rotate: RotateKeyAction }) {
  const [asking, setAsking] = useState(false)
  const trigger = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={trigger} onClick={() => setAsking(true)}>
        <RefreshCw aria-hidden />
        Rotate key…
      </Button>
      <ConfirmDialog
        title="Rotate the signing key?"
        keep="Keep the current key"
        confirm="Rotate key"
        busy="Rotating…"
        tone="primary"
        open={asking}
        onOpenChange={setAsking}
        onClosed={() => trigger.current?.focus()}
        onConfirm={async () => notify(await rotate())}
      >
        <p>
          New access tokens are signed with a new key. Tokens signed with the current one stay
          accepted until they expire, so nobody has to connect again.
        </p>
        <p>The current key cannot be restored.</p>
      </ConfirmDialog>
    </>
  )
}
