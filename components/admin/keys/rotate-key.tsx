'use client'
import { RefreshCw } from 'lucide-react'
import { ConfirmButton } from '@/components/kit/confirm-dialog'
import type { rotateKeys } from '@/lib/admin/keys/keys'

const trigger = (
  <>
    <RefreshCw aria-hidden />
    Rotate key…
  </>
)

/** The button that rotates the signing key, after a confirmation. */
export function RotateKey({ rotate }: { rotate: typeof rotateKeys }) {
  return (
    <ConfirmButton
      button={{ children: trigger }}
      title="Rotate the signing key?"
      keep="Keep the current key"
      confirm="Rotate key"
      busy="Rotating…"
      tone="primary"
      onConfirm={rotate}
    >
      <p>
        New access tokens are signed with a new key. Tokens signed with the current one stay
        accepted until they expire, so nobody has to connect again.
      </p>
      <p>The current key cannot be restored.</p>
    </ConfirmButton>
  )
}
