'use client'
import { notify } from '@/components/kit/outcome'
import { Field } from '@/components/ui/field'
import type { ProofAsked } from '@/lib/admin/account/views'
import type { MakePasskey, PasskeyActions } from './account-actions'
import { ProofDialog } from './proof-dialog'

const tooMany = 'You have twenty passkeys. Remove one that you do not use first.'
const cancelled = 'No passkey was made. This device may have one for you already.'

type AddPasskeyProps = {
  readonly asked: ProofAsked
  readonly actions: Pick<PasskeyActions, 'begin' | 'add'>
  readonly make: MakePasskey
}

export function AddPasskey({ asked, actions, make }: AddPasskeyProps) {
  const add = async (proof: string, form: FormData) => {
    const begun = await actions.begin(proof)
    if (begun.problem !== null) return begun.problem
    const answer = begun.done && (await make(begun.done))
    if (answer) notify(await actions.add(answer, String(form.get('name') ?? '')))
    else notify({ ok: false, message: begun.done ? cancelled : tooMany })
    return null
  }
  return (
    <ProofDialog
      asked={asked}
      trigger="Add a passkey…"
      title="Add a passkey"
      description="Your browser asks for the fingerprint, face or PIN of this device. The name tells your passkeys apart."
      confirm="Make passkey"
      onProof={add}
    >
      <Field
        label="Name"
        name="name"
        autoComplete="off"
        defaultValue="This device"
        maxLength={60}
        required
      />
    </ProofDialog>
  )
}
