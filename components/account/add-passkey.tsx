'use client'
import type { MakePasskey, PasskeyActions } from './account-actions'
import { NameDialog } from './name-dialog'

const tooMany = 'You have twenty passkeys. Remove one that you do not use first.'
const cancelled = 'No passkey was made. This device may have one for you already.'

type AddPasskeyProps = {
  readonly actions: Pick<PasskeyActions, 'begin' | 'add'>
  readonly make: MakePasskey
}

/** Makes a passkey on this device. */
export function AddPasskey({ actions, make }: AddPasskeyProps) {
  return (
    <NameDialog
      trigger="Add a passkey…"
      title="Add a passkey"
      description="Your browser asks for the fingerprint, face or PIN of this device. The name tells your passkeys apart."
      name="This device"
      confirm="Make passkey"
      onName={async (name) => {
        const options = await actions.begin()
        if (!options) return { ok: false, message: tooMany }
        const answer = await make(options)
        return answer ? actions.add(answer, name) : { ok: false, message: cancelled }
      }}
    />
  )
}
