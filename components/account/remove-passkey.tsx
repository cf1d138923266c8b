'use client'
import { notify } from '@/components/kit/outcome'
import type { PasskeyView } from '@/lib/admin/account/passkeys'
import type { ProofAsked } from '@/lib/admin/account/views'
import type { PasskeyActions } from './account-actions'
import { ProofDialog } from './proof-dialog'

type RemovePasskeyProps = {
  readonly passkey: PasskeyView
  readonly asked: ProofAsked
  readonly remove: PasskeyActions['remove']
}

/** Removes a passkey, after a confirmation. */
export function RemovePasskey({ passkey, asked, remove }: RemovePasskeyProps) {
  return (
    <ProofDialog
      asked={asked}
      trigger="Remove…"
      label={`Remove ${passkey.name}`}
      title={`Remove “${passkey.name}”?`}
      description="It no longer signs you in. Your device still offers it until you delete it there. Browsers that are signed in stay signed in."
      confirm="Remove passkey"
      tone="danger"
      onProof={async (proof) => {
        const removed = await remove(passkey.id, proof)
        if (removed.problem === null) notify(removed.done)
        return removed.problem
      }}
    />
  )
}
